using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>A fine-tuned network as the journal keeps it: weights that differ from those it began with, and how training went.</summary>
internal static class FineTunedRecord
{
    private const string Weight = "weight ";
    private const string HeadWeights = "head weights";
    private const string HeadIntercepts = "head intercepts";
    private const string Progress = "epochs";
    private const string History = "history";

    /// <summary>What is kept.</summary>
    public static FitRecord Of(FineTunedNetwork network)
    {
        var record = new FitRecord();
        foreach (var (name, tensor) in network.Backbone.Graph.Initializers)
        {
            if (tensor is Tensor<float> weights)
            {
                record.SetPackedFloats(Weight + name, weights.Values);
            }
        }

        record.SetFloats(HeadWeights, network.Head.Weights);
        record.SetFloats(HeadIntercepts, network.Head.Intercepts);
        record[Progress] = [network.Epochs, network.BestEpoch];
        record[History] = [.. network.History.SelectMany(epoch => new[] { epoch.Epoch, epoch.TrainedLoss, epoch.CheckedLoss, epoch.CheckedAccuracy })];
        return record;
    }

    /// <summary>The network again.</summary>
    /// <param name="record">What was kept.</param>
    /// <param name="backbone">The network that training began from.</param>
    public static TunedNetwork Restore(FitRecord record, ImageBackbone backbone)
    {
        var weights = backbone.Graph.Initializers.ToBuilder();
        foreach (var (name, tensor) in backbone.Graph.Initializers)
        {
            if (tensor is Tensor<float>)
            {
                weights[name] = new Tensor<float>(tensor.Shape, record.PackedFloats(Weight + name, tensor.Length));
            }
        }

        double[] done = record[Progress];
        return new TunedNetwork(
            backbone.WithWeights(weights.ToImmutable()),
            new LinearMargins(record.Floats(HeadWeights), record.Floats(HeadIntercepts)),
            (int)done[0],
            (int)done[1],
            [.. record[History].Chunk(4).Select(epoch => new EpochFigures((int)epoch[0], epoch[1], epoch[2], epoch[3]))]);
    }
}
