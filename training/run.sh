#!/usr/bin/env bash
# The whole training, from nothing to the file of weights and the figures on dev.
#
#   training/run.sh RUNS [NAME] [EPOCHS]
#
# RUNS is a folder outside the repository for environment, checkpoints, logs and results. Stopped
# and started again, it goes on where it stopped. Two folds are left out, one by each encoder; from
# their mean two more epochs are trained on all of train.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=${DATA:-$here/../../shared/data}
runs=$(mkdir -p "$1" && cd "$1" && pwd)
name=${2:-final}
epochs=${3:-5}
out=$runs/$name
python=$runs/venv/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$runs/venv"
    "$runs/venv/bin/pip" install -q -r "$here/requirements.txt"
fi
mkdir -p "$out"
export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
fold() {
    if [ ! -f "$out/fold$1/epoch$epochs.pt" ]; then
        "$python" "$here/train.py" --data "$data" --runs "$out" --name "fold$1" --fold "$1" \
            --epochs "$epochs" 2>>"$out/errors.txt"
    fi
    "$python" "$here/predict.py" --data "$data" --checkpoint "$out/fold$1/epoch$epochs.pt" \
        --split "fold$1" --out "$out/held$1.pkl" --threads 1 --fast
}
fold 0 &
fold 1 &
wait
if [ ! -f "$out/whole/epoch2.pt" ]; then
    "$python" "$here/train.py" --data "$data" --runs "$out" --name whole --seed 2 --epochs 2 \
        --rate 1.5e-4 --start "$out"/fold[01]/"epoch$epochs.pt" 2>>"$out/errors.txt"
fi
last=$out/whole/epoch2.pt
"$python" "$here/predict.py" --data "$data" --checkpoint "$last" --split dev \
    --out "$out/dev.pkl" --threads 2 --fast
"$python" "$here/fit.py" --data "$data" --held "$out"/held[01].pkl --dev "$out/dev.pkl" \
    --out "$out/scorer.json" | tee "$out/figures.txt"
"$python" "$here/export.py" --checkpoint "$last" --scorer "$out/scorer.json" \
    --generation "$(date -u +%Y-%m-%d)-$name" --out "$out/tocsin.weights.gz" \
    --expected "$out/expected.json"
"$python" "$here/capitals.py" --data "$data" --weights "$out/tocsin.weights.gz" | tee "$out/capitals.txt"
