//! Templates that never end, and what is said of them.

use super::run;
use crate::support::{example, write};

#[test]
fn loops_and_growth_end_with_a_message_at_their_place() {
    let loops =
        "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% endfor %}{% endfor %}";
    let output = format!("{{% for a in range(end=99999) %}}{}{{% endfor %}}", "x".repeat(1_000));
    let growth = "{% set x = \"xxxxxxxxxx\" %}".to_owned() + &"{% set x = x ~ x %}".repeat(60);
    let long = "{% set x = \"xxxxxxxxxx\" %}".to_owned() + &"{% set x = x ~ x %}".repeat(13);
    let replaced = long.clone() + "{{ x | replace(from=\"x\", to=x) }}";
    let joined = long.clone() + "{{ x | split(pat=\"x\") | join(sep=x) }}";
    let strung = long.clone() + "{{ x" + &" ~ x".repeat(20_000) + " }}";
    let itself = "{% component Again() %}{{ <Again /> }}{% endcomponent Again %}{{ <Again /> }}";
    for (template, said) in [
        (loops.to_owned(), "循环太多"),
        (output, "网页超过"),
        (growth, "变量太长"),
        (replaced, "文字太长"),
        (joined, "文字太长"),
        (strung, "~"),
        (itself.to_owned(), "嵌套过深"),
        ("{% include \"_a.html\" %}".to_owned(), "_a.html"),
        ("{{ ".to_owned() + &"(".repeat(5_000) + "1", "report.html"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.toml", &example("gaoping-2023"));
        let page = format!("<!DOCTYPE html>\n<p>{template}</p>\n");
        write(folder.path(), "t/report.html", &page);
        if said == "_a.html" {
            write(folder.path(), "t/_a.html", "{% include \"_a.html\" %}");
        }
        let run = run(folder.path(), &["build", "a.toml", "--format", "html", "--templates", "t"]);
        assert_eq!(run.code(), Some(2), "{template:.60}: {}", run.said());
        assert!(run.said().contains(said), "{template:.60}: {}", run.said());
        let plain =
            run.said().replace("report.html", "").replace("_a.html", "").replace("<!DOCTYPE", "");
        assert!(!plain.contains("Error") && !plain.contains("include chain"), "{}", run.said());
        assert!(run.megabytes < 400, "{template:.60}: {} MB", run.megabytes);
    }
}
