use apportion::policy::Policy;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&f).unwrap();
    match Policy::parse(&text) {
        Ok(p) => { println!("ok: {} ops", p.program().operations().len());
          for o in p.program().operations() { println!("{o:?}"); }
          println!("{}", apportion::render::all(&text, &f, p.diagnostics())); }
        Err(m) => println!("{}", apportion::render::all(&m.text, &f, &m.diagnostics)),
    }
}
