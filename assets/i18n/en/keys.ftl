# Names of keys, as printed on them, for tooltips, menus and the help sheet.
key-ctrl = Ctrl
key-cmd = Cmd
key-shift = Shift
key-alt = Alt
key-left = Left
key-right = Right
key-up = Up
key-down = Down
key-enter = Enter
key-escape = Esc
key-tab = Tab
key-delete = Delete
key-backspace = Backspace
key-home = Home
key-end = End
key-page-up = Page Up
key-page-down = Page Down
