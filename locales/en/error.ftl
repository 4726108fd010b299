# One sentence for each code: what happened, and what to do.
error-offline = No network. What is here can still be read; letters stay on the device.
error-not-a-hub = This network blocks the way or wants a sign-in. Try another one.
error-hub-resting = The hub is being checked after an incident. Try again later.
error-link-damaged = This link cannot be read. See whether a letter is missing.
error-place-unknown = This hub has no news of the chosen place. Choose another place.
error-root-mismatch = The root signature is not the one in the link, so nothing is taken from there; the news and letters here stay. Ask an officer in person for the right link.
error-not-genuine = The signature does not hold, so this is not shown. Try again, or tell an officer.
error-rolled-back = The hub offers something older than what is here. The device keeps what it has.
error-no-agency-key = The agency cannot take sealed letters right now. Your question is still here; try again later.
error-not-found = Not found. It may have been withdrawn.
error-empty = This is still empty. Fill it in, then press again.
error-too-long =
    { $known ->
        [yes] Too long. At most { $number } characters.
       *[other] Too long. Please shorten it.
    }
error-not-allowed = This value cannot be used. Choose again.
error-too-many =
    { $known ->
        [yes] Too many. At most { $number }.
       *[other] Too many. Remove some.
    }
error-media-too-large =
    { $known ->
        [yes] The file is too large. At most { $number } MB.
       *[other] The file is too large. Choose a smaller one.
    }
error-media-too-many-pixels = The picture is too large to open here. Choose another one.
error-media-heic = HEIC pictures cannot be opened yet. In the camera's settings choose JPEG (most compatible).
error-media-kind = This is not a picture. Choose a photo.
error-media-damaged = The file is damaged and cannot be opened. Choose another one.
error-not-a-pack = This file is no pack, or all of it is damaged. Ask for it to be copied again.
error-pack-newer = A newer version made this pack. Update the app and open it again.
error-disk-full = No room left. Delete some photos or videos and try again; nothing is lost.
error-claim-length =
    { $known ->
        [yes] A code has 56 letters and digits, here are { $number }. See whether a group is missing or there twice.
       *[other] A code has 56 letters and digits. See whether a group is missing or there twice.
    }
error-claim-misread = Something was misread. Look at each group of four again; a code has only digits and plain letters.
error-data-spent = The data you set are spent. Wait for the next day or month, or change that under Me, Data.
error-data-waits = The device saves data and battery. Tap it to fetch it.
error-wrong-state = This cannot be done now. Open it again to see how things stand.
error-sign-in-wrong = Name or password is wrong.
error-sign-in-wait =
    { $known ->
        [yes] Too many tries. Wait { $number } seconds.
       *[other] Too many tries. Wait a while.
    }
error-signed-out = The session is over. Sign in again; what you are writing is kept.
error-no-grant = You may not do this.
error-wrong-origin = The request did not come from this application's pages.
error-conflict = Somebody else changed it meanwhile. Open it again to see the new version.
error-busy =
    { $known ->
        [yes] Too busy now. Wait { $number } seconds and try again.
       *[other] Too busy now. Wait a while and try again.
    }
error-malformed = The two sides do not understand each other. Please update the app.
error-internal = Something broke inside. Try again; if it stays so, tell an officer.
