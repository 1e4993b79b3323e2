/** A quote that is as short as this has to name as many things. */
const shortest = 25;
const fewestNames = 2;

/** Words of programming languages that name nothing. */
const keywords = new Set(
  'abstract and as assert async await boolean break byte case catch char class const constructor continue debugger def default del delete do double elif else end enum except export extends false final finally float fn for from func function global goto if impl implements import in instanceof int interface is lambda let long match mod module mut namespace new nil none nonlocal not null number object of or package pass private protected pub public raise readonly return self short static string struct super switch symbol this throw throws trait true try type typeof undefined union unsigned use using var void volatile while with yield'.split(' '),
);

/** Brackets and drawn lines say nothing, however many there are. */
const hasWord = /[\p{L}\p{N}]{2}/u;

/** Whether a folded quote says too little to stand for one place, wherever it stands. */
export function saysLittle(quote: string): boolean {
  const names = new Set((quote.match(/[\p{L}_$][\p{L}\p{M}\p{N}_$]+/gu) ?? []).filter((one) => !keywords.has(one.toLowerCase())));
  return !hasWord.test(quote) || (names.size < fewestNames && Array.from(quote).length < shortest);
}
