const VECTORS_A_CHUNK = 64;

/** Vectors of zeros of one length, cut from larger pieces: thousands of small buffers of their own would cost more. */
export class VectorPool {
	private chunk = new Float64Array(0);
	private next = 0;

	constructor(private readonly length: number) {}

	take(): Float64Array {
		if (this.next + this.length > this.chunk.length) {
			this.chunk = new Float64Array(VECTORS_A_CHUNK * this.length);
			this.next = 0;
		}
		this.next += this.length;
		return this.chunk.subarray(this.next - this.length, this.next);
	}
}
