//! shim
use eframe::egui::{Context,Ui};
use crate::gui::{cx::Cx,intent::*};
use crate::{session::Session,text::ByteRange};
#[derive(Default)] pub(crate) struct Dialogs;
impl Dialogs { pub(crate) fn open(&mut self,_d:Dialog){} pub(crate) fn close(&mut self)->bool{false} pub(crate) fn is_modal(&self)->bool{false} pub(crate) fn show(&mut self,_c:&Context,_x:&Cx<'_>)->Vec<Intent>{vec![]} }
#[derive(Default)] pub(crate) struct FindBar;
impl FindBar { pub(crate) fn open(&mut self){} pub(crate) fn close(&mut self)->bool{false} pub(crate) fn step(&mut self,_f:bool,_s:&Session)->Vec<Intent>{vec![]} pub(crate) fn show(&mut self,_u:&mut Ui,_x:&Cx<'_>)->Vec<Intent>{vec![]} pub(crate) fn hits(&self)->&[ByteRange]{&[]} pub(crate) fn current(&self)->Option<usize>{None} }
