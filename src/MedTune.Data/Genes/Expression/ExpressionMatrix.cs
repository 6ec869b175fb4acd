using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Measurements of genes (expression, copy number, panels) for samples.</summary>
public sealed class ExpressionMatrix
{
    private readonly float[] _values;

    internal ExpressionMatrix(ImmutableArray<string> samples, ImmutableArray<string> genes, float[] values) => (Samples, Genes, _values) = (samples, genes, values);

    /// <summary>The samples. They may identify persons: never log or report them.</summary>
    public ImmutableArray<string> Samples { get; }

    /// <summary>The genes or probes; each name is there once.</summary>
    public ImmutableArray<string> Genes { get; }

    /// <summary>A value; NaN where it is missing.</summary>
    /// <param name="sample">The number of the sample.</param>
    /// <param name="gene">The number of the gene.</param>
    public float this[int sample, int gene] => Row(sample)[gene];

    /// <summary>The values of a sample, one for each gene; NaN where missing.</summary>
    /// <param name="sample">The number of the sample.</param>
    public ReadOnlySpan<float> Row(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Samples.Length);
        return _values.AsSpan(sample * Genes.Length, Genes.Length);
    }
}
