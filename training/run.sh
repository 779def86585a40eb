#!/usr/bin/env bash
# The whole training, from nothing to the file of weights and the figures on dev.
#
#   training/run.sh RUNS [NAME] [EPOCHS] [EXTRA ARGUMENTS OF train.py...]
#
# RUNS is a folder outside the repository for environment, checkpoints, logs and results. Stopped
# and started again, it goes on where it stopped. On two idle cores an epoch takes 3 to 4 minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=${DATA:-$here/../../shared/data}
runs=$(mkdir -p "$1" && cd "$1" && pwd)
name=${2:-final}
epochs=${3:-10}
shift $(($# < 3 ? $# : 3))
out=$runs/$name
python=$runs/venv/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$runs/venv"
    "$runs/venv/bin/pip" install -q -r "$here/requirements.txt"
fi
mkdir -p "$out"
rm -f "$out/meeting"
export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
if [ ! -f "$out/epoch$epochs.pt" ]; then
    for member in 0 1; do
        nice -n 19 "$python" "$here/train.py" --data "$data" --runs "$runs" --name "$name" \
            --epochs "$epochs" --tokens 2048 --newer 0.3 --seed 1 --threads 1 --bf16 \
            --team 2 --member "$member" "$@" 2>>"$out/errors.txt" &
    done
    wait
fi
last=$(ls -v "$out"/epoch*.pt | tail -n 1)
for split in held dev; do
    nice -n 10 "$python" "$here/predict.py" --data "$data" --checkpoint "$last" --split "$split" \
        --out "$out/$split.pkl" --threads 1 --fast &
done
wait
"$python" "$here/fit.py" --data "$data" --held "$out/held.pkl" --dev "$out/dev.pkl" \
    --out "$out/scorer.json" | tee "$out/figures.txt"
"$python" "$here/export.py" --checkpoint "$last" --scorer "$out/scorer.json" \
    --generation "$(date -u +%Y-%m-%d)-$name" --out "$out/tocsin.weights" --expected "$out/expected.json"
