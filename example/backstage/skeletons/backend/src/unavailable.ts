/** Something that we depend on doesn't answer. It's not the caller's fault, and it may pass. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  /** @param what - such as `the database` */
  constructor(what: string, cause: unknown) {
    super(`${what} can’t be reached`, { cause });
  }
}
