use apportion::policy::Policy;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&f).unwrap();
    match Policy::parse(&text) {
        Ok(p) => {
            println!("ok: {} ops", p.program().operations().len());
            if std::env::args().nth(2).is_some() {
                for o in p.program().operations() {
                    println!("{o:?}");
                }
            }
            for o in p.run_examples() {
                println!("{:?} {:?}", o.name, o.kind);
            }
            for e in &p.checked().examples {
                let c = p.example_case(e);
                match p.decide(&c) {
                    Ok(d) => {
                        let r = p.record(&c, &d);
                        println!("== {}\n{r}\n{}", e.name, r.explanation());
                    }
                    Err(e) => println!("{e}"),
                }
            }
            println!("{}", apportion::render::all(&text, &f, p.diagnostics()));
        }
        Err(m) => println!("{}", apportion::render::all(&m.text, &f, &m.diagnostics)),
    }
}
