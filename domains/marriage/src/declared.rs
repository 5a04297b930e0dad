//! What a state without its data gets from the table of states that its service declares, the same for every kind of case.

/// Gives an enum of states with `ALL` and `code` what the table in `$life()` says of each state.
macro_rules! declared_states {
    ($state:ty, $life:path) => {
        impl $state {
            /// The state with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|state| state.code() == code)
            }

            fn declared(self) -> &'static casework::State {
                $life().state(self.code()).expect("a test compares the states with the table")
            }

            /// The name in both languages.
            pub fn name(self) -> kernel::Text {
                self.declared().name.clone()
            }

            /// The phase of the common life-cycle that the state declares (OVP P2.3).
            pub fn phase(self) -> casework::Phase {
                self.declared().phase
            }
        }
    };
}
