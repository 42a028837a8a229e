"""What the crash proofs stand on: processes that start fast and die by kill -9, a disk that is watched, and an oracle.

form: a hundred questions, the fillers and their oracle. nursery: the parent's hold on the warm process that forks; warm: that
process. compiling: the library that watches the disk (../shim). desk: the program without its channel, in one process.
recording: fills while the disk is journalled; power: what a power cut leaves of it. verdict: the store beside the oracle.
"""
