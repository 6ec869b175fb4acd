using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Exact contributions of a linear model: weight times distance from the mean training patient, summed to raw columns.</summary>
internal sealed class LinearContributions : IContributionMethod
{
    private readonly ModelFile _model;
    private readonly GraphRunner _runner;

    public LinearContributions(ModelFile model)
    {
        _model = model;
        var head = model.Manifest.Head;
        _runner = new GraphRunner(model.Graph, [.. head.Features.Append(head.Margin).Distinct()]);
    }

    public string Description => "exact: weight times the distance from the mean training patient, summed to the raw column";

    public int RunsPerSample => 1;

    public (double Reference, double[] Parts) Explain(RawInputs sample, int ofClass)
    {
        var values = _runner.Run(sample);
        var manifest = _model.Manifest;
        var places = manifest.Columns.Select((column, i) => (column.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var parts = new double[manifest.Columns.Length];
        foreach (var term in manifest.Head.Terms)
        {
            parts[places[term.Column]] += ContributionOf(term, values, ofClass);
        }

        double margin = Pick(values[manifest.Head.Margin].Values<float>(), ofClass);
        return (margin - parts.Sum(), parts);
    }

    public void Dispose() => _runner.Dispose();

    private double ContributionOf(ManifestTerm term, IReadOnlyDictionary<string, Tensor> values, int ofClass)
    {
        var weights = _model.Graph.Initializers[term.Weights];
        int width = weights.Shape[1];
        if (term.Index >= 0)
        {
            double away = values[term.Input].Values<float>()[term.Index] - term.Mean;
            return away * Pick(weights.Values<float>().Slice(term.Index * width, width), ofClass);
        }

        int code = (int)values[term.Input].Values<long>()[0];
        double own = Pick(weights.Values<float>().Slice(code * width, width), ofClass);
        return own - Pick(term.MeanContribution.AsSpan(), ofClass);
    }

    private static double Pick<T>(ReadOnlySpan<T> margins, int ofClass)
        where T : System.Numerics.INumber<T>
    {
        if (ofClass < 0)
        {
            return double.CreateChecked(margins[0]);
        }

        double sum = 0;
        foreach (var margin in margins)
        {
            sum += double.CreateChecked(margin);
        }

        return double.CreateChecked(margins[ofClass]) - (sum / margins.Length);
    }
}
