namespace MedTune.Graphs.Operators;

/// <content>Random numbers.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Drawing => new Operator[]
    {
        new RandomNormal(), new RandomNormalLike(), new RandomUniform(), new RandomUniformLike(), new Bernoulli(), new Multinomial(),
    };
}
