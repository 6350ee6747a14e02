import { describe, expect, it } from 'vitest';
import { md5Hex, sha256Hex } from '../../../src/contract/md5.ts';
import { utf8Bytes } from '../../../src/contract/text.ts';
import { world } from '../../support/world.ts';

const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

describe('digests that SDKs compare', () => {
  it('of bodies are the MD5 of their UTF-8', () => {
    const w = world();
    const url = w.queue();
    const digests = ['foobar', 'message-1', 'Test'].map((body) => w.send(url, body).MD5OfMessageBody);
    expect(digests).toEqual([
      '3858f62230ac3c915f300c664312c63f',
      '3d6b824fd8c1520e9a047d21fee6fb1f',
      '0cbc6611f5540bd0809a388dc95a615b',
    ]);
    expect(w.receive(url, { MaxNumberOfMessages: 3 }).map(({ MD5OfBody }) => MD5OfBody)).toEqual(digests);
  });

  it.each([
    [{ MyAttribute: text('foobar') }, 'adb59cd4678ea5a855436b949cd07ab6'],
    [{ attr1: text('99.12', 'Number') }, 'd302007e9aa062660afc85fd0a482472'],
    [{ attr2: text('109.12', 'Number'), attr1: text('99.12', 'Number') }, '9b720b3af309c1c4b0d395c53b08c502'],
    [
      { 'Help.Me': text('Me'), General: text('Kenobi'), Hello: text('There') },
      '4c360f3fdafd970e05fae2f149d997f5',
    ],
    [
      {
        attr1: {
          DataType: 'Binary',
          BinaryValue: utf8Bytes('traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01'),
        },
      },
      '8cbe4db156db8a94db8b801b7addb984',
    ],
  ])('of attributes are AWS’s own: %o', (MessageAttributes, digest) => {
    const w = world();
    expect(w.send(w.queue(), 'x', { MessageAttributes }).MD5OfMessageAttributes).toBe(digest);
  });

  it('cover only the attributes that were asked for', () => {
    const w = world();
    const url = w.queue('orders', { VisibilityTimeout: '0' });
    w.send(url, 'x', {
      MessageAttributes: { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') },
    });
    const received = (...MessageAttributeNames: string[]) => {
      const [message] = w.receive(url, { MessageAttributeNames });
      return [
        message.MD5OfMessageAttributes,
        Object.keys(message.MessageAttributes ?? {})
          .sort()
          .join(' '),
      ];
    };
    expect(received('General', 'Hello')).toEqual(['fca026605781cb4126a1e9044df24232', 'General Hello']);
    expect(received('Hello', 'missing')).toEqual(['a311262e065454b75da111d535b8dacd', 'Hello']);
    expect(received('Hel.*')).toEqual(['83fee93c1bcd8b9a5a923ffacdc636c7', 'Hello Help.Me']);
    expect(received('All')).toEqual(['4c360f3fdafd970e05fae2f149d997f5', 'General Hello Help.Me']);
    expect(received('.*')).toEqual(received('All'));
    expect(w.receive(url)[0]).not.toHaveProperty('MD5OfMessageAttributes');
    expect(w.receive(url)[0]).not.toHaveProperty('MessageAttributes');
  });

  it('of a trace header stand in a member of their own', () => {
    const w = world();
    const url = w.queue();
    const header = { DataType: 'String', StringValue: 'Root=1-5e3d83c1-e6a0db584850d61342823d4c' };
    const sent = w.send(url, 'x', { MessageSystemAttributes: { AWSTraceHeader: header } });
    expect(sent.MD5OfMessageSystemAttributes).toMatch(/^[0-9a-f]{32}$/);
    expect(w.receive(url, { MessageSystemAttributeNames: ['AWSTraceHeader'] })[0].Attributes).toEqual({
      AWSTraceHeader: header.StringValue,
    });
  });

  it('are the same as elsewhere, also for texts beyond ASCII', () => {
    expect(md5Hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(md5Hex('日本語 €😀')).toBe(md5Hex(new TextEncoder().encode('日本語 €😀')));
    expect(sha256Hex('Test')).toBe('532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25');
  });
});
