// Reads what Python's `lzma` writes as a raw stream of LZMA1. The length is known beforehand, so what has been read is
// the window itself. A browser unpacks gzip only, which leaves a memory half as large again.

const LITERAL_BITS = 1; // of the byte before, which a literal depends on
const PLACE_BITS = 2; // of the place, which everything depends on: a word has four bytes
const LEAST = 2 ** 24; // the range never stays below it
const START = 1024; // a probability of one half, of 2048
// Where the probabilities of each kind stand; the first three depend on the state, of which there are twelve.
const MATCH = 0; // 12 states of 16 places
const LONG = 192;
const REP = 384;
const REP0 = 396;
const REP1 = 408;
const REP2 = 420;
const SLOT = 432; // 4 trees of 64
const SPECIAL = 688;
const ALIGN = 816;
const LENGTH = 832; // choices 2, low 16 × 8, mid 16 × 8, high 256
const REP_LENGTH = LENGTH + 514;
const LITERAL = REP_LENGTH + 514;

// The next bit. `s` holds the range, the code in it, and the place in the input, as numbers of 32 bits.
function bit(probs, at, s, input) {
  const prob = probs[at];
  const range = s[0];
  const bound = Math.imul(range >>> 11, prob);
  let result = 0;
  let now;
  if (s[1] >>> 0 < bound >>> 0) {
    now = bound;
    probs[at] = prob + ((2048 - prob) >> 5);
  } else {
    now = (range - bound) | 0;
    s[1] = (s[1] - bound) | 0;
    probs[at] = prob - (prob >> 5);
    result = 1;
  }
  if (now >>> 0 < LEAST) {
    now <<= 8;
    s[1] = (s[1] << 8) | input[s[2]];
    s[2] += 1;
  }
  s[0] = now;
  return result;
}

function tree(probs, at, bits, s, input) {
  let node = 1;
  for (let i = 0; i < bits; i += 1) node = (node << 1) | bit(probs, at + node, s, input);
  return node - (1 << bits);
}

function reverse(probs, at, bits, s, input) {
  let node = 1;
  let value = 0;
  for (let i = 0; i < bits; i += 1) {
    const b = bit(probs, at + node, s, input);
    node = (node << 1) | b;
    value |= b << i;
  }
  return value;
}

function lengthOf(probs, at, place, s, input) {
  if (!bit(probs, at, s, input)) return tree(probs, at + 2 + (place << 3), 3, s, input);
  if (!bit(probs, at + 1, s, input)) return 8 + tree(probs, at + 130 + (place << 3), 3, s, input);
  return 16 + tree(probs, at + 258, 8, s, input);
}

/**
 * @param {Uint8Array} input What is packed.
 * @param {number} size How long it was.
 * @returns {(until: number) => Uint8Array} Unpacks at least so many bytes of it, and returns all.
 */
export function unpacker(input, size) {
  const out = new Uint8Array(size);
  const probs = new Uint16Array(LITERAL + (0x300 << (LITERAL_BITS + PLACE_BITS))).fill(START);
  const s = new Int32Array(3);
  s[0] = -1;
  s[1] = (input[1] << 24) | (input[2] << 16) | (input[3] << 8) | input[4];
  s[2] = 5;
  const places = (1 << PLACE_BITS) - 1;
  let known = [0, 0, 0, 0, 0, 0]; // where it goes on: the state, the last four distances, the place

  return function unpack(until) {
    let [state, rep0, rep1, rep2, rep3, to] = known;
    while (to < until) {
      const place = to & places;
      if (!bit(probs, MATCH + (state << 4) + place, s, input)) {
        const before = to ? out[to - 1] : 0;
        const base = LITERAL + 0x300 * (((to & places) << LITERAL_BITS) + (before >> (8 - LITERAL_BITS)));
        let node = 1;
        let range = s[0];
        let code = s[1];
        let from = s[2];
        if (state >= 7) {
          let like = out[to - rep0 - 1] << 1;
          let offset = 0x100;
          do {
            const there = like & offset;
            const at = base + offset + there + node;
            like <<= 1;
            const prob = probs[at];
            const bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[at] = prob + ((2048 - prob) >> 5);
              node <<= 1;
              offset &= ~there;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[at] = prob - (prob >> 5);
              node = (node << 1) | 1;
              offset &= there;
            }
            if (range >>> 0 < LEAST) {
              range <<= 8;
              code = (code << 8) | input[from];
              from += 1;
            }
          } while (node < 0x100);
        } else {
          do {
            const at = base + node;
            const prob = probs[at];
            const bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[at] = prob + ((2048 - prob) >> 5);
              node <<= 1;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[at] = prob - (prob >> 5);
              node = (node << 1) | 1;
            }
            if (range >>> 0 < LEAST) {
              range <<= 8;
              code = (code << 8) | input[from];
              from += 1;
            }
          } while (node < 0x100);
        }
        s[0] = range;
        s[1] = code;
        s[2] = from;
        out[to] = node;
        to += 1;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      let length;
      if (bit(probs, REP + state, s, input)) {
        if (!bit(probs, REP0 + state, s, input)) {
          if (!bit(probs, LONG + (state << 4) + place, s, input)) {
            out[to] = out[to - rep0 - 1];
            to += 1;
            state = state < 7 ? 9 : 11;
            continue;
          }
        } else {
          let distance;
          if (!bit(probs, REP1 + state, s, input)) distance = rep1;
          else {
            if (!bit(probs, REP2 + state, s, input)) distance = rep2;
            else {
              distance = rep3;
              rep3 = rep2;
            }
            rep2 = rep1;
          }
          rep1 = rep0;
          rep0 = distance;
        }
        length = lengthOf(probs, REP_LENGTH, place, s, input);
        state = state < 7 ? 8 : 11;
      } else {
        rep3 = rep2;
        rep2 = rep1;
        rep1 = rep0;
        length = lengthOf(probs, LENGTH, place, s, input);
        state = state < 7 ? 7 : 10;
        const slot = tree(probs, SLOT + (Math.min(length, 3) << 6), 6, s, input);
        if (slot < 4) rep0 = slot;
        else {
          const bits = (slot >> 1) - 1;
          rep0 = (2 | (slot & 1)) << bits;
          if (slot < 14) rep0 += reverse(probs, SPECIAL + rep0 - slot, bits, s, input);
          else {
            let direct = 0;
            for (let i = bits - 4; i > 0; i -= 1) {
              s[0] = s[0] >>> 1;
              const less = s[1] >>> 0 < s[0] >>> 0;
              direct = (direct << 1) | (less ? 0 : 1);
              if (!less) s[1] = (s[1] - s[0]) | 0;
              if (s[0] >>> 0 < LEAST) {
                s[0] <<= 8;
                s[1] = (s[1] << 8) | input[s[2]];
                s[2] += 1;
              }
            }
            rep0 += (direct << 4) + reverse(probs, ALIGN, 4, s, input);
          }
        }
      }
      const end = Math.min(size, to + length + 2);
      const apart = rep0 + 1;
      if (end - to > 32 && apart >= end - to) {
        out.copyWithin(to, to - apart, end - apart);
        to = end;
      } else for (; to < end; to += 1) out[to] = out[to - apart];
    }
    known = [state, rep0, rep1, rep2, rep3, to];
    return out;
  };
}
