//! What a device brings: memory, and what happens on a panic.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::panic::PanicInfo;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const BYTES: usize = 64 * 1024;

/// Memory handed out from the start to the end, and taken back all at once.
struct Arena {
    memory: UnsafeCell<[u8; BYTES]>,
    used: AtomicUsize,
}

// SAFETY: each byte of the memory is handed out once, by an atomic step on `used`, until
// `forget_all`, whose callers see to it that nothing handed out before is still in use.
unsafe impl Sync for Arena {}

// SAFETY: what is handed out lies within the memory, is aligned as asked, and overlaps
// nothing handed out since the last `forget_all`.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.memory.get().cast::<u8>();
        let place = |used: usize| used + start.wrapping_add(used).align_offset(layout.align());
        let end = |used: usize| place(used).checked_add(layout.size()).filter(|end| *end <= BYTES);
        match self.used.fetch_update(Relaxed, Relaxed, end) {
            Ok(used) => start.wrapping_add(place(used)),
            Err(_) => null_mut(),
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ARENA: Arena = Arena { memory: UnsafeCell::new([0; BYTES]), used: AtomicUsize::new(0) };

/// Takes all memory back. Nothing allocated before may be in use.
pub fn forget_all() {
    ARENA.used.store(0, Relaxed);
}

/// Stops. A device would restart instead.
#[panic_handler]
fn stop(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
