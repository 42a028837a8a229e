"""What the crash proofs stand on: processes that start fast and die by kill -9, a disk that is watched, and an oracle.

form: a hundred questions, the fillers and their oracle. telegram: the Telegram of the proofs, which forgets nothing, and the
fillers in front of it; verdict: the store beside them. nursery: the parent's hold on the warm process that forks; warm: that
process. desk: the program without its channel, in one process. working: a worker that is killed at any moment; farm: the
killing. dying: a worker that dies at a chosen point. serving: `ziping serve` itself, forked; crowd: the fillers before its Bot
API server; stock: a bot as python-telegram-bot polls by itself. planting: bugs planted in a worker. compiling: the library that
watches the disk (../shim). filling_up: a worker whose disk is full now and then. recording: fills while the disk is
journalled; power: what a power cut leaves. places: where stores lie.
postgres: a server that is stopped hard, and a wire to it that falls silent.
"""
