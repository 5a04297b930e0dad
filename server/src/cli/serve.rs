//! `tongban serve`: pages, API, jobs and workers in one process.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use platform::{Ctx, Platform, Service};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::start::{self, DataFolder};
use crate::{App, registry};

/// Serves until told to stop, then lets running requests and workers finish.
pub(super) async fn serve(mut config: Config, data: &Path) -> Result<()> {
    tracing_subscriber::fmt().with_env_filter("info,tantivy=warn,sqlx=warn").init();
    let demo = config.site.demo;
    if demo {
        config.site = crate::demo::settings(config.site);
    }
    let data = DataFolder::lock(data)?;
    let platform = start::platform(&config, &data).await?;
    registry::declare(&Ctx::system(&platform, "start")).await?;
    let app = App::open(platform.clone(), &config, data.path()).await?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let (stop, stopped) = watch::channel(false);
    let mut work = background(&platform, registry::services(&app), stopped.clone());
    work.push(tokio::spawn(app.search.clone().follow(platform.clone(), stopped)));
    super::control::listen(data.path(), app.clone())?;
    super::say(format_args!("Tongban serves at http://{}", config.listen));
    if demo {
        super::say(crate::demo::SIGN_INS);
    }
    let router = crate::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(interrupted()).await?;
    stop.send_replace(true);
    for task in work {
        // Bounded: what does not end is taken up again at the next start.
        let _ = tokio::time::timeout(Duration::from_secs(10), task).await;
    }
    Ok(())
}

async fn interrupted() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be listened to");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Starts every job and the outbox worker; each ends after the run in which `stopped` turns true.
fn background(platform: &Platform, services: Vec<Service>, stopped: watch::Receiver<bool>) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = Vec::new();
    let worker = Arc::new(platform::outbox::Worker::new(&services));
    for job in services.into_iter().flat_map(|service| service.jobs) {
        let (platform, stopped) = (platform.clone(), stopped.clone());
        tasks.push(tokio::spawn(every(job.every, stopped, move || {
            let ctx = Ctx::system(&platform, job.name);
            let run = (job.run)(ctx);
            async move {
                if let Err(error) = run.await {
                    tracing::error!(job = job.name, %error, "a job failed; it runs again at its next turn");
                }
            }
        })));
    }
    let platform = platform.clone();
    tasks.push(tokio::spawn(every(Duration::from_millis(500), stopped, move || {
        let (worker, platform) = (worker.clone(), platform.clone());
        async move {
            if let Err(error) = worker.drain(&platform).await {
                tracing::error!(%error, "the outbox could not be read");
            }
        }
    })));
    tasks
}

async fn every<F: Future<Output = ()>>(period: Duration, mut stopped: watch::Receiver<bool>, run: impl Fn() -> F) {
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => run().await,
            _ = stopped.changed() => return,
        }
    }
}
