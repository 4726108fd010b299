# The officer's desk: the way in, the frame, keys, shared words.
desk-title = Desk
desk-sign-in-lead = For officers of the agency.
desk-sign-in-again = The session has ended. Sign in to go on; everything typed is still here.
desk-sign-in = Sign in
desk-sign-in-busy = Signing in
desk-sign-in-wrong = Wrong name or password. Check the keyboard's input method and Caps Lock, then try again.
desk-sign-in-wait =
    { $seconds ->
        [one] Too many wrong tries. Try again in one second.
       *[other] Too many wrong tries. Try again in { $seconds } seconds.
    }
desk-sign-in-go-on = You can try again now.
desk-login = Sign-in name
desk-login-empty = Enter your sign-in name.
desk-password = Password
desk-password-empty = Enter your password.
desk-password-show = Show the password
desk-sign-out = Sign out
desk-officer = Officer
desk-theme = Light or dark
desk-theme-auto = Light or dark as the computer says
desk-theme-light = Light
desk-theme-dark = Dark
desk-language = Switch Vietnamese, English
desk-skip = Skip to the list

desk-nav = Main sections
desk-nav-queue = Queue
desk-nav-write = Write
desk-nav-published = Published
desk-nav-products = Products to check

desk-optional = optional
desk-count = { $written } / { $limit }
desk-close = Close
desk-back = Back to the list
desk-cancel = Cancel
desk-more = Show more
desk-no-grant = Not permitted
desk-no-grant-answer = This account may not answer for any place yet. Ask the administrator.
desk-no-grant-publish = This account may not publish for any place yet. Ask the administrator.
desk-no-grant-product = This account may not check products for any place yet. Ask the administrator.

desk-help = Keys
desk-key-section = First, second, third, fourth section
desk-key-row = Next row, previous row
desk-key-open = Open the selected row
desk-key-search = Search the list
desk-key-reply = Write a reply
desk-key-new = Write a new notice
desk-key-send = Send, or open the publish box
desk-key-save = Keep the draft now
desk-key-back = Leave the field, then go back to the list
desk-key-help = This list

# At the desk some shared failures need other words than in the citizen's app.
desk-error-offline = The server cannot be reached. Check the network and try again; everything typed is still here.
desk-error-not-a-hub = The server's answer makes no sense. The network may be in the way; try again or tell the administrator.
desk-error-resting = The server waits to be confirmed after a failure and takes no work yet. Tell the administrator.
desk-error-media-kind = This file is no picture or sound. Choose another.
desk-error-internal = Something broke inside the server. Try again; if it goes on, tell the administrator.
desk-error-no-grant = This account may not do this at this place. Ask the administrator.
desk-error-empty = This is still empty. Fill it in and try again.
