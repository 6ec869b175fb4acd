namespace MedTune.Graphs.Operators;

/// <content>Padding, scattering and index arithmetic.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Indexing => new Operator[]
    {
        new CastLike(), new EyeLike(), new GatherND(), new GatherNDGradient(), new Pad(), new PadGradient(), new ScatterElements(), new ScatterND(),
    };
}
