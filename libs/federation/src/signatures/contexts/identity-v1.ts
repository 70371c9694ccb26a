export const IDENTITY_V1_URL = 'https://w3id.org/identity/v1';

/**
 * The terms of https://w3id.org/identity/v1 that the options of an RsaSignature2017 use; no package carries the document.
 * Whoever signs hashes the options in this context, or in security/v1, where these terms are the same.
 */
export const IDENTITY_V1 = {
  '@context': {
    id: '@id',
    type: '@type',
    dc: 'http://purl.org/dc/terms/',
    sec: 'https://w3id.org/security#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    created: { '@id': 'dc:created', '@type': 'xsd:dateTime' },
    creator: { '@id': 'dc:creator', '@type': '@id' },
    domain: 'sec:domain',
    nonce: 'sec:nonce',
    signatureValue: 'sec:signatureValue',
  },
};
