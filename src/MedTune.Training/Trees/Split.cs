namespace MedTune.Training;

/// <summary>A way to divide the samples of a node.</summary>
/// <param name="Gain">By how much it lowers the loss to second order, twice.</param>
/// <param name="Feature">The feature asked.</param>
/// <param name="Bin">The last bin that goes left; numbers only.</param>
/// <param name="MissingLeft">Whether bin 0 goes left; numbers only.</param>
/// <param name="Set">The bins that go left, in order; null for a number.</param>
internal sealed record Split(double Gain, int Feature, int Bin, bool MissingLeft, byte[]? Set);
