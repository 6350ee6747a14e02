/** What happens in S3. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfBucket extends DomainEvent {
  /** The bucket's name. */
  readonly bucket: string;
}
interface OfObject extends OfBucket {
  readonly key: string;
}
/** Ours: one write of an object, for its story. */
interface OfWrite extends OfObject {
  readonly messageId: string;
}

export type S3Event =
  | (OfBucket & { readonly type: 's3/BucketCreated' | 's3/BucketDeleted' | 's3/PolicyChanged' })
  | (OfBucket & { readonly type: 's3/NotificationsChanged'; readonly count: number })
  | (OfWrite & {
      readonly type: 's3/ObjectCreated';
      /** `ObjectCreated:Put`. */
      readonly eventName: string;
      readonly size: number;
      readonly eTag: string;
      /** Lines of a small text, to look into. */
      readonly records: readonly string[];
    })
  | (OfObject & { readonly type: 's3/ObjectRead' })
  | (OfObject & { readonly type: 's3/ObjectDeleted' })
  | (OfWrite & {
      readonly type: 's3/NotificationSent';
      readonly to: string;
      readonly eventName: string;
      /** The id under which a queue or topic took it. */
      readonly became?: string;
    })
  | (OfWrite & {
      readonly type: 's3/NotificationFailed';
      readonly to: string;
      readonly eventName: string;
      readonly reason: string;
    });

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: S3Event): void => context.emit(event);

/** Who delivers notifications; policies of destinations name it. */
export const S3_PRINCIPAL = 's3.amazonaws.com';
