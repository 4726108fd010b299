//! A hub that serves: both listeners, the jobs beside them, and an orderly end.

mod jobs;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::http::{Listening, listen};
use crate::{Hub, citizen, desk};

/// A hub at work.
pub struct Serving {
    /// Where phones and the web app reach it.
    pub citizen: SocketAddr,
    /// Where officers reach it.
    pub desk: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Serving {
    /// Finishes what runs, then ends.
    pub async fn stop(self) {
        // Receivers that are gone have ended already.
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended badly");
            }
        }
    }
}

/// Starts both listeners and the jobs.
pub async fn start(
    hub: &Arc<Hub>,
    citizen_at: SocketAddr,
    desk_at: SocketAddr,
) -> std::io::Result<Serving> {
    let (stop, stopping) = watch::channel(false);
    let Listening {
        address: citizen,
        task,
    } = listen(citizen_at, citizen::router(hub), stopping.clone()).await?;
    let mut tasks = vec![task];
    let Listening {
        address: desk,
        task,
    } = listen(desk_at, desk::router(hub), stopping.clone()).await?;
    tasks.push(task);
    tasks.push(tokio::spawn(jobs::open_letters(
        Arc::clone(hub),
        stopping.clone(),
    )));
    if hub.config.upstream.is_some() {
        let (hub, stopping) = (Arc::clone(hub), stopping.clone());
        tasks.push(tokio::spawn(async move {
            // A look may wait for a slow line; what it has not kept by then it asks for again.
            let mut ended = stopping.clone();
            tokio::select! {
                () = jobs::look_up(hub, stopping) => {}
                _ = ended.wait_for(|stop| *stop) => {}
            }
        }));
    }
    tasks.push(tokio::spawn(jobs::keep_house(Arc::clone(hub), stopping)));
    tracing::info!(%citizen, %desk, "serving");
    Ok(Serving {
        citizen,
        desk,
        stop,
        tasks,
    })
}
