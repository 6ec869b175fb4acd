using MedTune.Graphs;
using MedTune.Graphs.Architectures;

namespace MedTune.Tests.Graphs;

/// <summary>The printed plan agrees with the plan that runs.</summary>
public sealed class PlanReportTests
{
    [Fact]
    public void Of_ResNet18_CountsThePublishedWork()
    {
        var network = ResNet.Build(18, new ImageNetworkOptions { Seed = null });
        var report = PlanReport.Of(network.Graph, new PlanOptions().WithBatch(1));

        // 1.814 GMAC for an image of 224 pixels, as torchvision's table states; the weights are 11,689,512 floats, statistics on top.
        Assert.InRange(report.MultiplyAdds, 1.813e9, 1.815e9);

        // Scale, bias and statistics of the normalizations have become one bias per channel of the convolutions; the 10 filters of 3 x 3 without
        // steps that meet images above 7 x 7, 2,359,296 floats, are stored as 4 x 4 transformed ones.
        const long Transformed = 2_359_296L / 9 * 7;
        Assert.InRange(report.StoredBytes, 4L * (11_684_000 + Transformed), 4L * (11_720_000 + Transformed));
        Assert.True(report.ArenaBytes < report.UnsharedBytes / 2, $"{report.ArenaBytes} of {report.UnsharedBytes}");
        using var plan = ExecutionPlan.Compile(network.Graph, new PlanOptions().WithBatch(1));
        Assert.Equal(plan.ArenaBytes, report.ArenaBytes);
        Assert.Equal(plan.Steps, report.Steps.Length);
        Assert.All(report.Steps.Where(step => step.Offset is not null), step => Assert.InRange(step.Offset!.Value, 0, report.ArenaBytes - 1));
        Assert.DoesNotContain(report.Steps, step => step.Operator is "Relu" or "BatchNormalization");
        Assert.Equal("logits", report.Steps[^1].Output);
    }

    [Fact]
    public void Of_OpenDimension_IsNamed() => Assert.Contains(
        "'N'", Assert.Throws<InvalidGraphException>(() => PlanReport.Of(SampleNetworks.Perceptron(gradients: false), new PlanOptions())).Message, StringComparison.Ordinal);
}
