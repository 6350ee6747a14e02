/**
 * What services say of their work: what AWS bills (`Usage`), and what else they counted (`Work`), from which the price
 * of doing it differently follows. Services count; `src/pricing` multiplies.
 */

/** How much of a price list's item was used. Several lines of one item are added up. */
export interface Usage {
  /** A name in the price list: `sqs/standard-requests`. */
  readonly item: string;
  /**
   * In the base of the item's measure. `count`: how many. `GB`: bytes, each record already rounded up as AWS bills it.
   * `hour`, `month`: milliseconds, one line for each thing that ran (a started hour may count whole). `GB-month`:
   * byte-seconds. `GB-second`: mebibyte-milliseconds of a function's memory.
   */
  readonly quantity: number;
  /** Billed on top of another item: the same requests again. */
  readonly surcharge?: true;
}

/** Counted facts about a service's work, by name: `standard.emptyReceives`. Only what was counted is there. */
export type Work = Readonly<Record<string, number>>;

/** How AWS rounds what it bills, in bytes. */
export const BILLED_STEP = {
  /** Amazon SQS pricing, Amazon SNS pricing: each 64 KB chunk of a payload is one request. */
  chunk: 65_536,
  /** Amazon Kinesis Data Streams pricing. UNSURE: 25 KB are 25,600 bytes. */
  putPayloadUnit: 25_600,
  /** Amazon Kinesis Data Streams pricing, on-demand: a record is rounded up to the next 1 KB. */
  onDemandRecord: 1_024,
  /** Amazon Data Firehose pricing: a record is rounded up to the next 5 KB. */
  firehoseRecord: 5_120,
} as const;

/** Amazon SQS pricing: each 64 KB chunk of a payload is one request; a call without payload is one. */
export const requestsOf = (payloadBytes: number): number =>
  Math.max(1, Math.ceil(payloadBytes / BILLED_STEP.chunk));

/** PUT payload units of one record: its key and its data in steps of 25 KB. */
export const putPayloadUnitsOf = (recordBytes: number): number =>
  Math.max(1, Math.ceil(recordBytes / BILLED_STEP.putPayloadUnit));

/** Bytes of one record as they are billed. */
export const roundedUp = (bytes: number, step: number): number => Math.max(1, Math.ceil(bytes / step)) * step;
