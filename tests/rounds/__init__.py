"""The year's round held as conversations of several persons with `ziping serve`, a real process over the Bot API server.

A script is a text file; each line is one thing somebody does or ought to see:

    @forms qingshan-2025            forms on offer, as the setting FORMS
    $ unit add 某某局 > 局           `ziping admin unit add 某某局`; what it prints is remembered as 局
    @李会计 31                       says it, or taps the button with exactly these words
    @李会计 [提交]                   taps the button that has these words, on the newest message that has one
    @李会计 [提交] 上次              the same on the last but one such message
    @李会计 → {局}                   follows the link in what was remembered (or types its code)
    @李会计 ? 还差 3 项              sees it in what came since the last `?`
    @李会计 ! 王局长                 has seen it nowhere
    @李会计 📎 合同.pdf              sends a file of that name (📷: a photo with these words in it)
    @李会计 ⬇ 定稿.docx > 文         has got a file whose name has these words
    @李会计 ⛔                       blocks the bot (✅: comes back)
    -9                              kill -9 while the next line's deed is on its way; another process starts

After each line everything under way is waited for: no update, reply, fetched file, job or notice that is due is left.
"""
