/** What we use of packages that bring no types. */
declare module 'jsonld' {
  export type DocumentLoader = (url: string) => Promise<{
    contextUrl: null;
    documentUrl: string;
    document: object;
    tag: 'static';
  }>;
  interface Options {
    base: null;
    documentLoader: DocumentLoader;
    safe: boolean;
    skipExpansion?: boolean;
  }
  interface CanonizeOptions extends Options {
    canonizeOptions: { algorithm: 'RDFC-1.0'; format: 'application/n-quads' };
  }
  const jsonld: {
    expand(input: object, options: Options): Promise<Array<Record<string, unknown>>>;
    canonize(input: object, options: CanonizeOptions): Promise<string>;
  };
  export default jsonld;
}

declare module 'jsonld-signatures' {
  export type Document = Record<string, unknown>;
  export type Proof = Record<string, unknown>;
  export interface VerificationMethod {
    id: string;
    publicKeyPem: string;
  }

  class LinkedDataSignature {
    constructor(options: { type: string; proof?: Proof });
    type: string;
  }
  class ProofPurpose {
    constructor(options: { term: string });
  }

  const jsigs: {
    sign(
      document: Document,
      options: { suite: LinkedDataSignature; purpose: ProofPurpose },
    ): Promise<Document>;
    verify(
      document: Document,
      options: { suite: LinkedDataSignature; purpose: ProofPurpose },
    ): Promise<{ verified: boolean; error?: { errors?: Error[] } }>;
    suites: { LinkedDataSignature: typeof LinkedDataSignature };
    purposes: { ProofPurpose: typeof ProofPurpose };
  };
  export default jsigs;
}

declare module '@digitalbazaar/security-context' {
  const security: { contexts: Map<string, object> };
  export default security;
}
