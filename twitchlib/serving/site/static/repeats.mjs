// Long repetitions in Python's memory, which gzip, which looks back 32 kB, does not see: constants that a library
// brings and its data hold, texts that several modules have, and what the interpreter's own file holds.

const BLOCK = 16; // bytes; where a block of this length begins, a repetition is noticed
const SHORTEST = 48; // bytes, below which telling a repetition costs as much as it saves
const NEAR = 2 ** 15; // bytes that gzip looks back
const SLOTS = 22; // bits

const MIXES = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];

function mixed(view, at) {
  let mix = 0;
  for (let word = 0; word < MIXES.length; word += 1) {
    mix = Math.imul(mix ^ (mix >>> 15) ^ view.getUint32(at + 4 * word, true), MIXES[word]);
  }
  return mix >>> (32 - SLOTS);
}

// Takes out of `content` what stands before, in it or in `known`. Returns what is left, and `repeats`: for each
// repetition how many bytes of what is left come first, where it stands in both together, and how long it is.
export function shortened(known, content) {
  const all = new Uint8Array(known.length + content.length);
  all.set(known);
  all.set(content, known.length);
  const view = new DataView(all.buffer);
  const noted = new Int32Array(2 ** SLOTS).fill(-1);
  const repeats = [];
  const left = [];
  let next = 0; // the next block to note
  let done = known.length;
  let at = done;
  while (at + BLOCK <= all.length) {
    for (; next + BLOCK <= at; next += BLOCK) noted[mixed(view, next)] = next;
    const from = noted[mixed(view, at)];
    let ahead = 0;
    let behind = 0;
    const apart = at - from;
    if (from >= 0 && apart > NEAR) {
      // No repetition reaches into itself.
      const most = Math.min(all.length - at, apart);
      while (ahead < most && all[from + ahead] === all[at + ahead]) ahead += 1;
      const least = Math.min(at - done, from, apart - ahead);
      while (behind < least && all[from - behind - 1] === all[at - behind - 1]) behind += 1;
    }
    if (ahead + behind >= SHORTEST) {
      repeats.push(at - behind - done, from - behind, behind + ahead);
      left.push(all.subarray(done, at - behind));
      at += ahead;
      done = at;
    } else at += 1;
  }
  left.push(all.subarray(done));
  return { repeats: Uint32Array.from(repeats), left };
}

// The content of that length again.
export function restored(known, repeats, left, length) {
  const content = new Uint8Array(length);
  let from = 0;
  let to = 0;
  for (let each = 0; each < repeats.length; each += 3) {
    const [own, place, size] = repeats.subarray(each, each + 3);
    content.set(left.subarray(from, from + own), to);
    from += own;
    to += own;
    const before = known.subarray(place, place + size);
    content.set(before, to);
    const start = place + before.length - known.length;
    content.copyWithin(to + before.length, start, start + size - before.length);
    to += size;
  }
  content.set(left.subarray(from), to);
  return content;
}
