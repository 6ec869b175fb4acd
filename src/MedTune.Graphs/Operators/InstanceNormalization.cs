namespace MedTune.Graphs.Operators;

/// <summary>
/// Each channel of each sample of [N, C, ...] by itself: (x - mean) / sqrt(variance + epsilon) · scale + bias, one scale and one bias per channel
/// (Ulyanov et al. 2016).
/// </summary>
internal sealed class InstanceNormalization : ChannelNormalizationOperator
{
    public override string Name => "InstanceNormalization";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("images", Sample.Values(1, 2, 3, 2, 4), Sample.Values(2, 3), Sample.Values(3, 3)) { FloatTolerance = 1e-5 };
            yield return new("signals", Sample.Values(4, 2, 3, 5), Sample.Values(5, 3), Sample.Values(6, 3))
            {
                Attributes = Attributes.None.With("epsilon", 0.0625f),
                FloatTolerance = 1e-5,
            };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(7, 2, 2, length), Sample.Values(8, 2), Sample.Values(9, 2))
                {
                    HasGolden = false,
                    FloatTolerance = 1e-5,
                    Attributes = Attributes.None.With("epsilon", 0.0625f),
                };
            }
        }
    }

    protected override long Groups(Attributes attributes) => 0;
}
