//! Every route has a door, and it is shut to whoever may not enter.

use kernel::Id;
use platform::{Account, Role};
use server::http::{Access, RouteInfo, table};

use crate::journey;

/// A route with something in place of its parameters.
fn sample(route: &RouteInfo) -> String {
    let id: Id<Account> = Id::new(1_782_871_200_000, [7; 10]);
    let part = |part: &str| match part {
        "{id}" => id.to_string(),
        part if part.starts_with('{') => "990102-01".to_owned(),
        part => part.to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn shut() -> impl Iterator<Item = RouteInfo> {
    table().into_iter().filter(|route| route.access != Access::Anyone)
}

journey!(nobody_enters_unknown_where_a_name_is_asked_for, |site| {
    let mut stranger = site.visitor();
    let mut open = Vec::new();
    for route in shut().filter(|route| route.method == "GET") {
        let path = sample(&route);
        stranger.opens(&path).await;
        let api = path.starts_with("/api/");
        let refused = if api { stranger.status() == 401 } else { stranger.status() == 303 && stranger.header("location").starts_with("/sign-in") };
        if !refused {
            open.push(format!("{path}: {}", stranger.status()));
        }
    }
    assert!(open.is_empty(), "{open:#?}");
});

journey!(p8_a_citizen_does_not_enter_the_pages_of_staff, |site| {
    let (_, mut li) = site.citizen(2).await;
    for route in shut().filter(|route| route.method == "GET" && matches!(route.access, Access::Staff(_))) {
        li.opens(&sample(&route)).await.is(403);
    }
});

journey!(p8_staff_of_one_office_without_the_role_stay_outside, |site| {
    let mut archivist = site.staff("990102", &[Role::Archivist]).await;
    for route in shut().filter(|route| route.method == "GET") {
        if let Access::Staff(roles) = route.access
            && !roles.is_empty()
            && !roles.contains(&Role::Archivist)
        {
            archivist.opens(&sample(&route)).await.is(403);
        }
    }
});

journey!(what_was_typed_survives_a_session_that_has_ended, |site| {
    let Some(route) = shut().find(|route| route.method == "POST" && !route.path.starts_with("/api/")) else { return };
    let mut li = site.visitor();
    let typed = "reason=%3C%2Ftextarea%3E&password=secret&csrf=old".to_owned();
    li.posts(&sample(&route), "application/x-www-form-urlencoded", typed.into()).await.is(401).sees("请重新登录");
    assert_eq!(li.value("#again", "reason"), "</textarea>");
    assert!(!li.html().contains("secret"));
});

#[test]
fn no_two_routes_are_the_same_and_each_parameter_has_a_name() {
    let mut seen: Vec<_> = table().iter().map(|route| (route.path, route.method)).collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
    assert!(seen.iter().all(|(path, _)| path.starts_with('/') && !path.contains("//")));
}
