const words =
  'a about after again all also am an and any are as at be been before being between both but by can could did do does down during each for from had has have having he her here hers him his i if in into is it its may me might more most must my no nor not of off on one only or other our out over own same shall she should so some such than that the their theirs them then there these they this those through to under up us very was we were what when where which while who whom whose why will with would you your';

/** English words that say little about what a sentence is about. */
export const functionWords: ReadonlySet<string> = new Set(words.split(' '));
