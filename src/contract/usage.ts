/** How much of a price list's item was used: requests, hours, bytes, as the item's unit says. */
export interface Usage {
  readonly item: string;
  readonly quantity: number;
  /** Billed on top of another item: the same requests again. */
  readonly surcharge?: true;
}
