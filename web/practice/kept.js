/** JSON in a browser storage. A browser that refuses to keep anything loses only what was kept. */
export class Kept {
  constructor(storage, name, empty) {
    this.storage = storage;
    this.name = `speaking-practice.${name}`;
    this.empty = empty;
  }

  read() {
    try {
      return JSON.parse(this.storage.getItem(this.name)) ?? this.empty;
    } catch {
      return this.empty;
    }
  }

  write(value) {
    try {
      this.storage.setItem(this.name, JSON.stringify(value));
    } catch {
      // full, or switched off by the person whose browser it is
    }
  }

  forget() {
    this.storage.removeItem(this.name);
  }
}
