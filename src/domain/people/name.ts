/** What a configuration calls people: `user:<login>`, or a group. */
export type Name = string;
