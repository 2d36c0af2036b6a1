//! Closing the window or the project: what was edited is saved first. Where that cannot be, or
//! something still runs, people are asked; nothing is thrown away in silence.

use std::time::Duration;

use eframe::egui::{Context, ViewportCommand};

use crate::{
    gui::{intent::LeaveAnswer, pick::Ask},
    session::{Command, ProjectCommand},
};

use super::App;

/// Seconds that saving may take before people are asked: it is under way, or it has failed before
/// and is tried once more.
const SAVING: f64 = 2.0;
const FAILING: f64 = 0.3;

/// What is to be done.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// Close the window.
    Quit,
    /// Carry out a command that lets go of the project.
    Run(Command),
}

/// What is to be done once nothing would be lost by it.
#[derive(Debug, Default)]
pub(super) struct Leave {
    goal: Option<Goal>,
    /// When it was wanted, or tried last, in seconds of the window's clock.
    since: f64,
    /// Whether the window may close whatever is lost.
    anyway: bool,
}

impl App {
    /// Whether a command lets go of a project of which something would be lost.
    pub(super) fn switches_with_loss(&self, command: &Command) -> bool {
        let switches = match command {
            Command::Project(ProjectCommand::Open(path) | ProjectCommand::New(path)) => {
                !self.session.is_open(path)
            }
            Command::Project(ProjectCommand::Close) => true,
            _ => false,
        };
        switches && self.session.held().is_some()
    }

    /// Does something once nothing would be lost by it; what is not saved is tried again first.
    pub(super) fn leave(&mut self, ctx: &Context, goal: Goal) {
        self.leave.goal = Some(goal);
        self.try_to_save(ctx);
    }

    fn try_to_save(&mut self, ctx: &Context) {
        self.leave.since = ctx.input(|input| input.time);
        if self.session.held().is_some_and(|held| held.unsaved > 0) {
            self.session.run(Command::Project(ProjectCommand::Retry));
        }
        ctx.request_repaint();
    }

    /// Looks whether the window is to close, and whether what waits for saving can be done now.
    pub(super) fn hold_or_leave(&mut self, ctx: &Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && !self.leave.anyway {
            self.flush();
            self.send_comments();
            if self.session.held().is_some() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                if self.leave.goal.is_none() {
                    self.leave(ctx, Goal::Quit);
                }
            }
        }
        if self.leave.goal.is_none() {
            return;
        }
        let Some(held) = self.session.held() else {
            self.go(ctx);
            return;
        };
        let waited = ctx.input(|input| input.time) - self.leave.since;
        let patience = if held.why.is_some() { FAILING } else { SAVING };
        if held.job.is_some() || waited > patience {
            let quit = matches!(self.leave.goal, Some(Goal::Quit));
            self.floats.leave.open(quit);
        }
        ctx.request_repaint_after(Duration::from_millis(50));
    }

    /// Does what was wanted.
    fn go(&mut self, ctx: &Context) {
        self.floats.leave.close();
        match self.leave.goal.take() {
            Some(Goal::Quit) => {
                self.leave.anyway = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Some(Goal::Run(command)) => self.session.run(command),
            None => {}
        }
        ctx.request_repaint();
    }

    /// Does what people have answered.
    pub(super) fn answer_leave(&mut self, ctx: &Context, answer: LeaveAnswer) {
        match answer {
            LeaveAnswer::Retry => {
                self.floats.leave.close();
                self.try_to_save(ctx);
            }
            LeaveAnswer::SaveCopy => {
                self.stay();
                self.ask(ctx, Ask::SaveCopy);
            }
            LeaveAnswer::Anyway => self.go(ctx),
            LeaveAnswer::Stay => self.stay(),
        }
    }

    fn stay(&mut self) {
        self.leave.goal = None;
        self.floats.leave.close();
    }
}
