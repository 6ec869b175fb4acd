using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Shapley values by sampled orders: columns change one after the other from the typical patient to the sample, and each change is theirs.</summary>
/// <remarks>Every order is followed forward and backward, which halves the noise at no cost (Mitchell et al., JMLR 23, 2022).</remarks>
internal sealed class SampledShapley : IContributionMethod
{
    private const int Orders = 64;
    private readonly ModelFile _model;
    private readonly GraphRunner _runner;

    public SampledShapley(ModelFile model)
    {
        _model = model;
        _runner = new GraphRunner(model.Graph, model.Manifest.ExplainedMargin);
    }

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"Shapley values over {2 * Orders} orders of the columns, against the typical training patient (medians and most frequent levels)");

    public int RunsPerSample => 2 * Orders * (_model.Manifest.Columns.Length + 1);

    public (double Reference, double[] Parts) Explain(RawInputs sample, int ofClass)
    {
        var columns = _model.Manifest.Columns;
        int count = columns.Length;
        var orders = SampleOrders(count);
        int steps = count + 1;
        var usesSample = new bool[orders.Length * steps, count];
        for (int o = 0; o < orders.Length; o++)
        {
            for (int step = 1; step < steps; step++)
            {
                for (int changed = 0; changed < step; changed++)
                {
                    usesSample[(o * steps) + step, orders[o][changed]] = true;
                }
            }
        }

        float[] margins = Run(sample, usesSample);
        var parts = new double[count];
        for (int o = 0; o < orders.Length; o++)
        {
            for (int step = 1; step < steps; step++)
            {
                int row = (o * steps) + step;
                parts[orders[o][step - 1]] += Pick(margins, row, ofClass) - Pick(margins, row - 1, ofClass);
            }
        }

        for (int i = 0; i < count; i++)
        {
            parts[i] /= orders.Length;
        }

        return (Pick(margins, 0, ofClass), parts);
    }

    public void Dispose() => _runner.Dispose();

    private static int[][] SampleOrders(int count)
    {
        var orders = new int[2 * Orders][];
        for (int o = 0; o < Orders; o++)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            new Philox(0, RandomPurpose.Search, (ulong)o).Shuffle(order);
            orders[2 * o] = order;
            orders[(2 * o) + 1] = [.. order.Reverse()];
        }

        return orders;
    }

    private float[] Run(RawInputs sample, bool[,] usesSample)
    {
        var inputs = new TypicalPatient(_model.Manifest).Mixed(sample, usesSample.GetLength(0), (row, column) => usesSample[row, column]);
        return _runner.Run(inputs)[_model.Manifest.ExplainedMargin].Values<float>().ToArray();
    }

    private double Pick(float[] margins, int row, int ofClass)
    {
        if (ofClass < 0)
        {
            return margins[row];
        }

        int width = _model.Manifest.Classes.Length;
        double sum = 0;
        for (int k = 0; k < width; k++)
        {
            sum += margins[(row * width) + k];
        }

        return margins[(row * width) + ofClass] - (sum / width);
    }
}
