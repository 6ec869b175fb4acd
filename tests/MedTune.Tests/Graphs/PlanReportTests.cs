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
        Assert.InRange(report.StoredBytes, 4L * 11_689_512, 4L * 11_720_000);
        Assert.True(report.ArenaBytes < report.UnsharedBytes / 4, $"{report.ArenaBytes} of {report.UnsharedBytes}");
        using var plan = ExecutionPlan.Compile(network.Graph, new PlanOptions().WithBatch(1));
        Assert.Equal(plan.ArenaBytes, report.ArenaBytes);
        Assert.Equal(plan.Steps, report.Steps.Length);
        Assert.All(report.Steps.Where(step => step.Offset is not null), step => Assert.InRange(step.Offset!.Value, 0, report.ArenaBytes - 1));
        Assert.Contains(report.Steps, step => step.Overwritten is not null);
        Assert.Equal("logits", report.Steps[^1].Output);
    }

    [Fact]
    public void Of_OpenDimension_IsNamed() => Assert.Contains(
        "'N'", Assert.Throws<InvalidGraphException>(() => PlanReport.Of(SampleNetworks.Perceptron(gradients: false), new PlanOptions())).Message, StringComparison.Ordinal);
}
