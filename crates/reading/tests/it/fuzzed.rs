//! The fuzz targets over their committed corpora: what the fuzzer found once stays found.

use std::fs;
use std::path::Path;

#[expect(unreachable_pub, reason = "it is a library where the fuzzer builds it")]
#[path = "../../../../fuzz/src/lib.rs"]
mod targets;

#[test]
fn every_target_holds_over_its_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let mut inputs: Vec<_> = fs::read_dir(corpus.join(name))
            .unwrap_or_else(|_| panic!("no corpus for {name}"))
            .map(|entry| entry.unwrap().path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "the corpus of {name} is empty");
        for input in inputs {
            target(&fs::read(&input).unwrap());
        }
    }
}
