# Writing, publishing, correcting, withdrawing.
desk-new-notice = Write a notice
desk-new-heritage = Write about culture
desk-drafts = Drafts
desk-drafts-none = No drafts
desk-drafts-none-text = What you write is kept by itself and appears here.
desk-draft-untitled = No headline yet
desk-draft-facts = { $place } · { $by } · { $ago }
desk-draft-drop = Delete the draft
desk-draft-drop-this = Delete the draft: { $title }
desk-draft-drop-sure = Delete this draft?
desk-draft-drop-text = What was written will be lost for good.
desk-draft-dropped = The draft was deleted.

desk-editor-notice = New notice
desk-editor-heritage = Culture
desk-editor-correct = Correct what was published
desk-save = Keep draft
desk-saving-changed = Not kept yet
desk-saving-busy = Keeping
desk-saving-kept = Draft kept at { $clock }
desk-saving-failed = Could not be kept: { $why }

desk-part-about = What it is about
desk-part-texts = Words
desk-part-sound = Sound
desk-part-pictures = Pictures
desk-part-sources = Sources
desk-place = Publish for
desk-kind = Kind
desk-kind-notice = Notice
desk-kind-heritage = Culture
desk-kind-product = Product
desk-kind-other = Record
desk-topic = Topic
desk-urgent = Urgent
desk-urgent-hint = Shown first, with a red edge, on every device. Only when people must know at once.
desk-from = In force from
desk-until = Until the end of
desk-until-hint = After this day it can still be read, and says that it is over.

desk-languages = Words by language
desk-language-add = Add a language
desk-language-remove = Remove { $language }
desk-language-remove-sure = Remove the words in { $language }?
desk-language-remove-text = What was written in this language will be lost.
desk-language-remove-yes = Remove
desk-ring = { $written } of { $all } parts written
desk-tab-machine = Machine translation nobody read over
desk-tab-wrong = Something here must be mended
desk-texts-how = Write briefly, the way you would say it. Each part is shown by itself; an empty part is not shown.
desk-text-title = Headline
desk-text-title-hint = One sentence that says it all, such as: Who can borrow to raise cattle, and where to apply.
desk-title-empty = It needs a headline.
desk-text-summary = Summary
desk-text-summary-hint = Three sentences. Who reads only these must know what to do.
desk-text-who = Who benefits
desk-text-who-hint = Say plainly who does and who does not.
desk-text-todo = What to do
desk-text-todo-hint = One step a line, each beginning with a dash and a space.
desk-text-body = The whole text
desk-text-body-hint = An empty line parts paragraphs. Lines that begin with a dash become a list.
desk-text-ask = Whom to ask
desk-text-ask-hint = Name, office, hours.
desk-machine = Machine translation
desk-machine-hint = Readers always see that a machine wrote it.
desk-reviewed = Read over by a speaker
desk-reviewed-hint = Only when somebody read it from beginning to end.

desk-sound-why = Many people listen rather than read. One clear recording helps the most.
desk-sound-add = Add a recording
desk-sound-play = Listen
desk-sound-language = Spoken in
desk-sound-machine = Machine voice
desk-sound-remove = Remove this recording
desk-picture-add = Add pictures
desk-picture-hint = Eight at most. Where and when they were taken is removed.
desk-picture-alt = What it shows
desk-picture-alt-hint = For those who do not see it.
desk-picture-first = Move picture { $number } to the top
desk-picture-remove = Remove picture { $number }
desk-uploading =
    { $count ->
        [one] Sending one file
       *[other] Sending { $count } files
    }
desk-upload-spare =
    { $count ->
        [one] One file too many
       *[other] { $count } files too many
    }
desk-upload-refused = { $name }: { $why }
desk-sources-why = A policy notice must say which document it comes from.
desk-source-add = Add a source
desk-source-name = Document and who issued it
desk-source-date = Date of the document
desk-source-url = Address on the web
desk-source-remove = Remove source { $number }

desk-preview = Preview
desk-preview-title = This notice on a phone
desk-preview-dark = Dark
desk-preview-large = Text twice as large
desk-preview-close = Close the preview

desk-publish-open = Sign and publish
desk-publish-title = Sign and publish this?
desk-publish = Sign and publish
desk-publishing = Signing and publishing
desk-publish-password = Password
desk-publish-password-hint = It unlocks your own signing key.
desk-password-wrong = Wrong password.
desk-signer = { $officer } signs for { $agency }, to be published for { $place }.
desk-published-now = Signed and published.
desk-outline-sounds =
    { $count ->
        [one] one recording
       *[other] { $count } recordings
    }
desk-outline-pictures =
    { $count ->
        [one] one picture
       *[other] { $count } pictures
    }
desk-outline-sources =
    { $count ->
        [one] one source
       *[other] { $count } sources
    }
desk-outline-urgent = Urgent: shown first on every device that follows this place.
desk-outline-missing = It can be published, but lacks: { $what }.
desk-missing-sound = something to listen to
desk-missing-alt = words for a picture
desk-missing-text = parts in { $language }

desk-published-none = Nothing published yet
desk-published-none-text = What is signed and published appears here.
desk-revision = revision { $number }
desk-has-sound = with sound
desk-correct = Correct
desk-withdraw = Withdraw
desk-withdraw-title = Withdraw it?
desk-withdraw-text = Devices stop showing it the next time they fetch. The original stays in the archive.
desk-withdraw-reason = Reason, for the archive
desk-reason-empty = Give the reason first.
desk-withdrawn = Withdrawn.
desk-published-place = Place
