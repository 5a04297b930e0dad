//! Documents and files of supervision: for the desk, and for the organisation that received or sent them.

use axum::extract::Path;
use organization_pages::supervision::{self as proceedings, ATTACH, Reader};
use organizations::supervision::states::READERS;
use organizations::supervision::{self, Attach, AttachmentId, Door, PaperId, PaperPart, ProceedingId};
use site::pages::papers::{self as pages, Official};
use ui::url;

use super::papers::sent;
use super::{Access, Answer, FormData, Page, Routes};

const DESK: Access = Access::Staff(READERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/organizations/documents/{id}", DESK, show)
        .get("/desk/organizations/documents/{id}/file", DESK, file)
        .get("/desk/organizations/documents/{id}/signature", DESK, signature)
        .upload("/desk/organizations/supervision/{id}/attachments", DESK, attach)
        .get("/desk/organizations/attachments/{id}", DESK, attached)
        .upload("/me/organizations/{uscc}/supervision/{id}/attachments", Access::Citizen, attach_own)
        .get("/me/organizations/{uscc}/attachments/{id}", Access::Citizen, attached_own)
        .get("/me/organizations/{uscc}/documents/{id}", Access::Citizen, show_own)
        .get("/me/organizations/{uscc}/documents/{id}/file", Access::Citizen, file_own)
        .get("/me/organizations/{uscc}/documents/{id}/signature", Access::Citizen, signature_own)
}

async fn shown(page: &Page, door: Door<'_>, id: PaperId) -> Answer {
    let paper = supervision::paper(page.ctx(), door, id).await?;
    let (file, signature, back) = match door {
        Door::Desk => (url::desk_organization_paper_file(id), url::desk_organization_paper_signature(id), url::desk_proceeding(paper.proceeding)),
        Door::Own(code) => (url::own_organization_paper_file(code, id), url::own_organization_paper_signature(code, id), url::own_proceeding(code, paper.proceeding)),
    };
    let for_staff = matches!(door, Door::Desk);
    page.html(pages::official(page.shell(), Official { words: paper.words, voided_on: paper.line.voided_on, file, signature, back, for_staff }))
}

async fn download(page: &Page, door: Door<'_>, id: PaperId, part: PaperPart) -> Answer {
    sent(supervision::paper_file(page.ctx(), &page.app().press, door, id, part).await?)
}

async fn show(page: Page, Path(id): Path<PaperId>) -> Answer {
    shown(&page, Door::Desk, id).await
}

async fn file(page: Page, Path(id): Path<PaperId>) -> Answer {
    download(&page, Door::Desk, id, PaperPart::File).await
}

async fn signature(page: Page, Path(id): Path<PaperId>) -> Answer {
    download(&page, Door::Desk, id, PaperPart::Signature).await
}

async fn show_own(page: Page, Path((uscc, id)): Path<(String, PaperId)>) -> Answer {
    shown(&page, Door::Own(&uscc), id).await
}

async fn file_own(page: Page, Path((uscc, id)): Path<(String, PaperId)>) -> Answer {
    download(&page, Door::Own(&uscc), id, PaperPart::File).await
}

async fn signature_own(page: Page, Path((uscc, id)): Path<(String, PaperId)>) -> Answer {
    download(&page, Door::Own(&uscc), id, PaperPart::Signature).await
}

/// What was sent in the form of files.
fn sent_file(form: &FormData) -> Attach {
    let (file_name, bytes) = form.file("file").map(|file| (file.name.clone(), file.bytes.to_vec())).unwrap_or_default();
    Attach { title: form.get("title").to_owned(), file_name, bytes }
}

async fn attach(page: Page, Path(id): Path<ProceedingId>, form: FormData) -> Answer {
    match supervision::attach(page.ctx(), Door::Desk, id, sent_file(&form)).await {
        Ok(_) => page.go_with(url::desk_proceeding(id), "saved"),
        Err(error) => {
            let view = supervision::view(page.ctx(), id).await?;
            page.again(error, form.values(), |values| proceedings::show(page.shell(), view, Reader::Desk, ATTACH, values))
        }
    }
}

async fn attach_own(page: Page, Path((uscc, id)): Path<(String, ProceedingId)>, form: FormData) -> Answer {
    // Read first: whoever may not act for it learns nothing.
    let view = supervision::own_view(page.ctx(), &uscc, id).await?;
    match supervision::attach(page.ctx(), Door::Own(&uscc), id, sent_file(&form)).await {
        Ok(_) => page.go_with(url::own_proceeding(&uscc, id), "saved"),
        Err(error) => page.again(error, form.values(), |values| proceedings::show(page.shell(), view, Reader::Own(uscc), ATTACH, values)),
    }
}

async fn attached(page: Page, Path(id): Path<AttachmentId>) -> Answer {
    sent(supervision::attached(page.ctx(), Door::Desk, id).await?)
}

async fn attached_own(page: Page, Path((uscc, id)): Path<(String, AttachmentId)>) -> Answer {
    sent(supervision::attached(page.ctx(), Door::Own(&uscc), id).await?)
}
