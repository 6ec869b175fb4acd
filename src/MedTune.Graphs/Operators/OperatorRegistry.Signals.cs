namespace MedTune.Graphs.Operators;

/// <content>Fourier transforms, the mel scale, counts of words.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Signals => new Operator[]
    {
        new Dft(), new DftGradient(), new Stft(), new MelWeightMatrix(), new TfIdfVectorizer(),
    };
}
