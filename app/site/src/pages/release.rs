//! A timed release for citizens: what is announced, one's place, choosing a time, and checking a draw.

use booking::release::draw::Side;
use booking::release::proof::Proof;
use booking::release::{DrawFacts, Entry, EntryState, Mode, Phase, Release};
use booking::{OfficeCard, SlotCard};
use kernel::{Instant, Lang, Text};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Radios, Shell, StatusTag, Tone, Values,
    tr, url,
};

/// A release with its words.
pub struct Shown {
    /// The release.
    pub release: Release,
    /// What is booked.
    pub item: Text,
    /// Whether two people come together.
    pub couple: bool,
    /// Its offices.
    pub offices: Vec<OfficeCard>,
    /// The moment of the page.
    pub now: Instant,
}

fn heading(lang: Lang, shown: &Shown) -> String {
    let day = ui::date(lang, shown.release.day);
    match lang {
        Lang::Zh => format!("{day}{}定时放号", shown.item.zh),
        Lang::En => format!("Places for {day}: {}", shown.item.en),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every release that has not ended.
pub fn list(shell: &Shell, releases: Vec<(Release, Text)>, now: Instant) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "定时放号", "Timed releases");
    ui::render(shell, Page::public(heading), move || {
        let rows = releases
            .into_iter()
            .map(|(release, item)| {
                vec![
                    Cell::link(url::release(release.id), format!("{} {}", ui::date(lang, release.day), item.get(lang))),
                    Cell::text(mode(lang, release.mode)),
                    Cell::text(ui::moment(lang, release.times.join_at)),
                    Cell::tag(tone(release.phase(now)), release.phase(now).name().get(lang)),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "办理日", "Day")),
            Column::text(tr(lang, "放号方式", "Order")),
            Column::text(tr(lang, "开始登记", "Joining begins")),
            Column::text(tr(lang, "状态", "State")),
        ];
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "5月20日、七夕等日子预约的人多，名额按公告的时间和顺序发放。", "For days that many people want, places are given at an announced time and in an announced order.")}</p>
            <DataTable caption=tr(lang, "没有结束的放号", "Releases that have not ended") columns rows empty=Empty::new(tr(lang, "目前没有定时放号。", "There are none at present."))/>
        }
    })
}

fn mode(lang: Lang, mode: Mode) -> &'static str {
    match mode {
        Mode::Arrival => tr(lang, "按登记先后排队", "In order of joining"),
        Mode::Draw => tr(lang, "登记截止后公开抽签", "By a public draw after joining closes"),
    }
}

/// How a phase is coloured.
pub(super) fn tone(phase: Phase) -> Tone {
    match phase {
        Phase::Joining | Phase::Giving => Tone::Good,
        Phase::Announced | Phase::Closed => Tone::Plain,
        Phase::Ended | Phase::Cancelled => Tone::Mind,
    }
}

/// How far a release has come.
pub(super) fn figures(lang: Lang, release: &Release) -> Vec<Fact> {
    let figures = &release.figures;
    vec![
        Fact::new(tr(lang, "剩余名额", "Places left"), figures.free.to_string()),
        Fact::new(tr(lang, "排队人数（对）", "Couples in line"), figures.placed.max(figures.listed).to_string()),
        Fact::new(tr(lang, "已轮到", "Served up to"), figures.served.to_string()),
    ]
}

/// Its times, as they were announced.
pub(super) fn announced(lang: Lang, release: &Release) -> Vec<Fact> {
    let times = release.times;
    vec![
        Fact::view(tr(lang, "登记时间", "Joining"), view! { <span>{ui::moment(lang, times.join_at)}" –"</span><span>{ui::moment(lang, times.join_until)}</span> }),
        Fact::new(tr(lang, "开始放号", "Places are given from"), ui::moment(lang, times.turns_at)),
        Fact::new(tr(lang, "剩余名额向所有人开放", "What is left is for everybody from"), ui::moment(lang, times.ends_at)),
        Fact::new(tr(lang, "选号时限", "Time to choose"), format!("{} {}", release.limits.turn_minutes, tr(lang, "分钟", "minutes"))),
    ]
}

/// A release, and the place of the reader. It renews itself while somebody waits; `signed_in` tells whether he can join.
pub fn show(shell: &Shell, shown: Shown, entry: Option<Entry>, signed_in: bool, values: Values) -> String {
    let lang = shell.lang;
    let heading = heading(lang, &shown);
    let state = entry.as_ref().map(|entry| entry.state_at(shown.now));
    let mut page = Page::public(heading.clone()).back(url::releases()).values(&values);
    if matches!(state, Some(EntryState::Waiting | EntryState::Turn)) {
        page = page.live(shown.release.look_again(entry.as_ref().and_then(|entry| entry.place)));
    }
    ui::render(shell, page, move || {
        let release = &shown.release;
        let phase = release.phase(shown.now);
        let begun = phase != Phase::Announced;
        let own = own(lang, &shown, entry.as_ref(), signed_in, values);
        let offices: Vec<_> =
            shown.offices.iter().map(|office| view! { <a href=url::office(&office.code)>{office.name.get(lang).to_owned()}</a> }).collect();
        let mut facts = vec![Fact::view(tr(lang, "办理地点", "Where"), offices), Fact::new(tr(lang, "放号方式", "Order"), mode(lang, release.mode))];
        facts.extend(announced(lang, release));
        // Before the joining begins nobody has counted anything.
        let figures = begun.then(|| view! { <Facts items=figures(lang, release) tiles=true/> });
        let soon = (phase == Phase::Announced).then(|| {
            let from = ui::moment(lang, release.times.join_at);
            let title = lang.pick(format!("{from} 开始登记排队"), format!("Joining begins {from}"));
            view! { <Notice tone=Tone::Plain title=title><p>{tr(lang, "届时在本页登记，每对只占一个名次。", "Join on this page then; a couple has one place.")}</p></Notice> }
        });
        let draw = release.draw.is_some().then(|| {
            view! { <p><LinkButton href=url::release_draw(release.id) kind=ButtonKind::Secondary>{tr(lang, "抽签公示与核验", "The draw, and how to check it")}</LinkButton></p> }
        });
        view! {
            <h1>{heading}</h1>
            <p><StatusTag tone=tone(phase) word=phase.name().get(lang).to_owned()/></p>
            {soon}
            {own}
            {figures}
            <h2>{tr(lang, "公告", "What is announced")}</h2>
            <Facts items=facts/>
            {draw}
            <p>{tr(lang, "一对只占一个名次，不能转让。刷新页面、换设备、系统重启都不影响名次。", "A couple has one place, which cannot be handed on. Reloading, another device or a restart of the system do not change it.")}</p>
            <p>{tr(lang, "不预约也可以到现场办理；现场名额不受影响。", "You can also come without a booking; places on site are not touched.")}</p>
        }
    })
}

fn own(lang: Lang, shown: &Shown, entry: Option<&Entry>, signed_in: bool, values: Values) -> AnyView {
    let release = &shown.release;
    let id = release.id;
    let joinable = release.joinable(shown.now);
    match entry.map(|entry| (entry, entry.state_at(shown.now))) {
        Some((entry, EntryState::Waiting)) if !matches!(release.phase(shown.now), Phase::Ended | Phase::Cancelled) => waiting(lang, release, entry),
        Some((entry, EntryState::Turn)) => {
            let until = entry.turn_until.map(|until| ui::moment(lang, until)).unwrap_or_default();
            view! {
                <Notice tone=Tone::Good title=tr(lang, "轮到您选号了", "It is your turn")>
                    <p>{tr(lang, "请在此之前选择时段，过时顺延给下一位：", "Choose a time before this moment; after that the place passes on: ")}<strong>{until}</strong></p>
                    <p><LinkButton href=url::release_choose(id)>{tr(lang, "选择时段", "Choose a time")}</LinkButton></p>
                </Notice>
            }
            .into_any()
        }
        Some((Entry { booking: Some(booking), .. }, EntryState::Taken)) => {
            let href = url::booking(*booking);
            view! {
                <Notice tone=Tone::Good title=tr(lang, "您已选号", "You have chosen a time")>
                    <p><a href=href>{tr(lang, "查看预约", "See the booking")}</a></p>
                </Notice>
            }
            .into_any()
        }
        _ if joinable && !signed_in => view! {
            <p><LinkButton href=url::sign_in_for(&url::release(id))>{tr(lang, "登录后排队", "Sign in to join")}</LinkButton></p>
        }
        .into_any(),
        last if joinable => {
            let passed = last.is_some_and(|(_, state)| state == EntryState::Passed).then(|| {
                view! { <Notice tone=Tone::Mind><p>{tr(lang, "您的选号时间已过，名额已顺延。可以重新登记，排在最后。", "Your turn has passed to the next. You can join again at the end.")}</p></Notice> }
            });
            // Fields are made inside the form: there they find what was typed.
            let couple = shown.couple;
            let partner = move || couple.then(|| {
                view! {
                    <Field name="b_id_no" label=tr(lang, "另一方的身份证号码", "The other person’s identity number") kind=Kind::IdNumber
                        hint=tr(lang, "双方共用一个名次；任何一方登记即可。选号后须与此人一起办理。", "You share one place; either of you may join. You book with this person.")/>
                }
            });
            view! {
                {passed}
                <h2>{tr(lang, "登记排队", "Join")}</h2>
                <Form action=url::release_join(id) values>
                    {partner()}
                    <Button>{tr(lang, "登记排队", "Join")}</Button>
                </Form>
            }
            .into_any()
        }
        Some((_, EntryState::Passed)) => view! {
            <Notice tone=Tone::Mind><p>{tr(lang, "您的选号时间已过，名额已顺延给下一位。", "Your turn has passed to the next.")}</p></Notice>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

fn waiting(lang: Lang, release: &Release, entry: &Entry) -> AnyView {
    let (id, receipt) = (release.id, entry.id.to_string());
    let title = match (entry.place, release.mode) {
        (Some(place), _) => format!("{} {place}", tr(lang, "您的名次：第", "Your place: number")),
        (None, Mode::Arrival) => tr(lang, "已登记，正在排定名次", "You have joined; your place is being set").to_owned(),
        (None, Mode::Draw) => tr(lang, "已登记，等待抽签", "You have joined; the draw follows").to_owned(),
    };
    let ahead = entry.place.map(|place| {
        let n = (place - release.figures.served - 1).max(0);
        match lang {
            Lang::Zh => format!("前面还有 {n} 个名次。"),
            Lang::En => format!("{n} before you."),
        }
    });
    let enough = entry.place.is_some_and(|place| place - release.figures.served > release.figures.free);
    let enough = enough.then(|| {
        view! { <p>{tr(lang, "您前面的人数多于剩余名额，可能轮不到您；也可以另选日期预约。", "More people are before you than places are left. It may not come to your turn; you can also book another day.")}</p> }
    });
    view! {
        <Notice tone=Tone::Plain title=title>
            <p>{ahead}</p>
            {enough}
            <p>{tr(lang, "本页自动更新，轮到您时我们也会发短信。", "This page renews itself, and we send a message when it is your turn.")}</p>
            <p>{tr(lang, "登记回执：", "Receipt: ")}<code>{receipt}</code></p>
        </Notice>
        <p><a href=url::release_leave(id)>{tr(lang, "退出排队", "Leave the line")}</a></p>
    }
    .into_any()
}

/// Asks before the place is given up.
pub fn leave(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "退出排队？", "Leave the line?");
    let id = shown.release.id;
    ui::render(shell, Page::public(heading).back(url::release(id)).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "双方共用的名次将作废；再次登记排在最后。", "The place that you share is given up. Whoever joins again is at the end.")}</p>
            <Form action=url::release_leave(id) values><Button kind=ButtonKind::Danger>{tr(lang, "退出排队", "Leave the line")}</Button></Form>
            <p><a href=url::release(id)>{tr(lang, "继续排队", "Stay in the line")}</a></p>
        }
    })
}

/// Choosing a time in one's turn.
pub fn choose(shell: &Shell, shown: Shown, slots: Vec<SlotCard>, key: String, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "选择时段", "Choose a time");
    let id = shown.release.id;
    ui::render(shell, Page::public(heading).back(url::release(id)).values(&values), move || {
        let several = shown.offices.len() > 1;
        let name = |slot: &SlotCard| shown.offices.iter().find(|office| office.id == slot.office).map(|office| office.name.get(lang).to_owned()).unwrap_or_default();
        let options: Vec<_> = slots
            .iter()
            .map(|slot| {
                let left = format!("{} {}", tr(lang, "余", "left:"), slot.load.online_left());
                let place = if several { format!(" {}", name(slot)) } else { String::new() };
                Choice::new(slot.id, format!("{}–{}{place}", slot.start.hm(), slot.end.hm())).hint(left)
            })
            .collect();
        let none = options.is_empty();
        let only = shown.offices.first().filter(|_| !several).map(|office| format!(" · {}", office.name.get(lang)));
        view! {
            <h1>{heading}</h1>
            <p>{ui::date(lang, shown.release.day)}{only}</p>
            {none.then(|| view! { <p>{tr(lang, "此刻没有空余时段，请稍候再看。", "Nothing is free at this moment. Look again in a little while.")}</p> })}
            <Form action=url::release_choose(id) values class="slot-choices">
                <Hidden name="key" value=key/>
                <Radios name="slot" legend=tr(lang, "时段", "Times") options/>
                <Button>{tr(lang, "选定并填写信息", "Take it and go on")}</Button>
            </Form>
        }
    })
}

/// The draw in public: what was committed to, the list, the value, the seed, the way, and the proof of one receipt.
pub fn draw(shell: &Shell, shown: Shown, asked: Option<(String, Option<Proof>)>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "抽签公示", "The draw");
    let id = shown.release.id;
    let Some(draw) = shown.release.draw.clone() else { return show(shell, shown, None, false, Values::new()) };
    ui::render(shell, Page::public(heading).back(url::release(id)), move || {
        let listed = shown.release.figures.listed;
        let facts = published(lang, &draw, listed);
        let closed = draw.closed.is_some();
        let list = closed.then(|| view! { <p><a href=url::release_entrants(id)>{tr(lang, "名单（登记回执，每行一个）", "The list (receipts, one a line)")}</a></p> });
        let typed = asked.iter().fold(Values::new(), |values, (receipt, _)| values.with("receipt", receipt));
        let answer = asked.map(|(receipt, proof)| answer(lang, receipt, proof));
        let check = closed.then(|| {
            view! {
                <h2>{tr(lang, "核验我是否在名单中", "Is my receipt on the list?")}</h2>
                {answer}
                <Form action=url::release_draw(id) method=ui::Method::Get class="inline" values=typed>
                    <Field name="receipt" label=tr(lang, "登记回执", "Receipt")/>
                    <Button kind=ButtonKind::Secondary>{tr(lang, "核验", "Check")}</Button>
                </Form>
            }
        });
        view! {
            <h1>{heading}</h1>
            <Facts items=facts/>
            {list}
            {check}
            <h2>{tr(lang, "如何核验", "How to check it")}</h2>
            {steps(lang)}
        }
    })
}

fn published(lang: Lang, draw: &DrawFacts, listed: i64) -> Vec<Fact> {
    let waits = || tr(lang, "尚未公布", "not yet").to_owned();
    let code = |bytes: &[u8]| hex(bytes);
    vec![
        Fact::new(tr(lang, "种子承诺值 SM3（公告时公布）", "Commitment, SM3 of the seed (published with the announcement)"), code(&draw.commitment)),
        Fact::new(tr(lang, "公开值来源（公告时公布）", "Source of the public value (published with the announcement)"), draw.source.get(lang)),
        Fact::new(tr(lang, "名单人数", "Entrants"), draw.closed.as_ref().map_or_else(waits, |_| listed.to_string())),
        Fact::new(tr(lang, "名单默克尔根", "Merkle root of the list"), draw.closed.as_ref().map_or_else(waits, |(_, root)| code(root))),
        Fact::new(tr(lang, "公开值", "Public value"), draw.value.as_ref().map_or_else(waits, |(value, _)| value.clone())),
        Fact::new(tr(lang, "种子（抽签后公布）", "Seed (revealed after the draw)"), draw.drawn.as_ref().map_or_else(waits, |(_, seed)| code(seed))),
    ]
}

fn answer(lang: Lang, receipt: String, proof: Option<Proof>) -> AnyView {
    let Some(proof) = proof else {
        return view! { <Notice tone=Tone::Bad title=receipt><p>{tr(lang, "不在名单中。", "It is not on the list.")}</p></Notice> }.into_any();
    };
    let path: Vec<_> = proof
        .path
        .iter()
        .map(|(side, hash)| {
            let side = match side {
                Side::Left => tr(lang, "左", "left"),
                Side::Right => tr(lang, "右", "right"),
            };
            view! { <li>{side}" "<code>{hex(hash)}</code></li> }
        })
        .collect();
    view! {
        <Notice tone=Tone::Good title=receipt>
            <p>{tr(lang, "在名单中，序号（从0起）：", "It is on the list, number (from 0): ")}{proof.leaf.to_string()}</p>
            <details><summary>{tr(lang, "到根的路径", "The way to the root")}</summary><ol>{path}</ol></details>
        </Notice>
    }
    .into_any()
}

fn steps(lang: Lang) -> impl IntoView {
    let steps = [
        tr(lang, "种子的 SM3 应等于承诺值：种子在公告前已定，之后不能换。", "SM3 of the seed is the commitment: the seed was fixed before the announcement."),
        tr(lang, "叶 = SM3(00 ‖ 回执)，节点 = SM3(01 ‖ 左 ‖ 右)，落单的直接上移；由名单算出的根应等于公布的根：名单在公开值产生前已定。", "Leaf = SM3(00 ‖ receipt), node = SM3(01 ‖ left ‖ right), one without a neighbour moves up. The root of the list is the published one: the list was closed before the value was known."),
        tr(lang, "密钥 = SM3(种子 ‖ 公开值(UTF-8) ‖ 根)。", "Key = SM3(seed ‖ public value in UTF-8 ‖ root)."),
        tr(lang, "签 = SM3(02 ‖ 密钥 ‖ 回执)，按签从小到大排定名次。", "Ticket = SM3(02 ‖ key ‖ receipt). Places go by ticket, the smallest first."),
    ];
    view! { <ol>{steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol> }
}
