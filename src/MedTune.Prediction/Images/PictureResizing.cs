using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Graphs;

namespace MedTune.Prediction;

/// <summary>The nodes of a graph that bring a picture to the network's size, compiled for the sizes met last.</summary>
/// <param name="graph">From <see cref="ManifestImage.Pixels"/> on.</param>
/// <param name="image">The value behind those nodes.</param>
/// <param name="options">How they are compiled.</param>
/// <exception cref="InvalidGraphException">There are no such nodes.</exception>
internal sealed class PictureResizing(Graph graph, string image, PlanOptions options) : IDisposable
{
    // Few sizes at a time: a plan holds a whole picture.
    private readonly PlanCache _plans = new(GraphCut.Between(graph, [ManifestImage.Pixels], [image]), options, 2);

    /// <summary>Resizes one picture.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="pixels">[height, width, channels], 0 to 255.</param>
    /// <returns>The plan, which holds the value until the next call.</returns>
    /// <exception cref="DataException">The picture is too large.</exception>
    public ExecutionPlan Run(int height, int width, int channels, ReadOnlySpan<float> pixels)
    {
        ExecutionPlan plan;
        try
        {
            plan = _plans.For(ImmutableDictionary<string, int>.Empty.Add("N", 1).Add("height", height).Add("width", width).Add("channels", channels));
        }
        catch (InvalidGraphException exception)
        {
            throw new DataException(
                string.Create(CultureInfo.InvariantCulture, $"A picture of {width} x {height} pixels cannot be brought to the size of the network: {exception.Message}"), exception);
        }

        pixels.CopyTo(plan.Input<float>(ManifestImage.Pixels));
        plan.Run();
        return plan;
    }

    /// <inheritdoc/>
    public void Dispose() => _plans.Dispose();
}
