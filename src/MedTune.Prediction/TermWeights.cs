using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>The weights of one term on one margin, as they move the calibrated answer.</summary>
/// <remarks>With several classes only differences between their margins matter, so the average over the classes is taken off.</remarks>
internal readonly struct TermWeights
{
    private readonly Tensor<float> _weights;
    private readonly int _margin;
    private readonly int _margins;
    private readonly double _slope;

    public TermWeights(Tensor weights, int margin, int margins, double slope)
    {
        if (weights is not Tensor<float> { Shape.Rank: 2 } table || table.Shape[1] != margins)
        {
            throw new ModelFileException("The model file is damaged: the weights of a term do not fit its classes; train or fetch the model again.");
        }

        (_weights, _margin, _margins, _slope) = (table, margin, margins, slope);
    }

    /// <summary>What a row of the weights adds to the log-odds.</summary>
    public double this[int row]
    {
        get
        {
            if ((uint)row >= (uint)_weights.Shape[0])
            {
                throw new ModelFileException("The model file is damaged: a term has fewer weights than its column has levels; train or fetch the model again.");
            }

            return Centered(_weights.Values.Slice(row * _margins, _margins));
        }
    }

    /// <summary>What the average training sample gets, from the contributions the manifest stores.</summary>
    public double Average(ImmutableArray<double> contributions)
    {
        if (contributions.Length != _margins)
        {
            throw new ModelFileException("The model file is damaged: a term lacks its average contribution; train or fetch the model again.");
        }

        double sum = 0;
        foreach (double contribution in contributions)
        {
            sum += contribution;
        }

        return _slope * (contributions[_margin] - (_margins == 1 ? 0 : sum / _margins));
    }

    private double Centered(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float weight in row)
        {
            sum += weight;
        }

        return _slope * (row[_margin] - (_margins == 1 ? 0 : sum / _margins));
    }
}
