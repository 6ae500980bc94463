//! Writes the inputs from which each target begins: `cargo run --features seeds --bin seeds`, into `reached`.

#[path = "../targets/mod.rs"]
mod targets;

fn main() -> std::io::Result<()> {
    for target in targets::TARGETS {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reached").join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (i, seed) in (target.seeds)().iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{i:02}")), seed)?;
        }
    }
    Ok(())
}
