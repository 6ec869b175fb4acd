namespace MedTune.Graphs.Operators;

/// <content>Normalization layers, activations and trigonometry.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Normalizing => new Operator[]
    {
        new Celu(), new Cos(), new HardSwish(), new Mish(), new PRelu(), new Sin(), new Softsign(), new ThresholdedRelu(),
        new ClipGradient(), new CumSum(), new DepthToSpace(), new SpaceToDepth(), new Trilu(),
        new BatchNormalization(), new BatchNormalizationGradient(), new GroupNormalization(), new InstanceNormalization(), new MeanVarianceNormalization(),
    };
}
