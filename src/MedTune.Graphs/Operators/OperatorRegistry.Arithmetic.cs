namespace MedTune.Graphs.Operators;

/// <content>Element-wise arithmetic, matrix products, reductions, normalization and losses.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Arithmetic => new Operator[]
    {
        new Abs(), new Add(), new Ceil(), new Clip(), new Div(), new Elu(), new Erf(), new ErfGradient(), new Exp(), new ExtremumGradient(), new Floor(),
        new Gelu(), new HardSigmoid(), new LeakyRelu(), new Log(), new Max(), new Mean(), new Min(), new Mul(), new Neg(), new Pow(), new Reciprocal(),
        new Relu(), new ReluGradient(), new Round(), new Selu(), new Sigmoid(), new SigmoidGradient(), new Sign(), new Softplus(), new Sqrt(), new Sub(),
        new Sum(), new Tanh(), new TanhGradient(),
        new BatchProduct(), new Gemm(), new MatMul(), new SampleProduct(),
        new ReduceL1(), new ReduceL2(), new ReduceLogSum(), new ReduceLogSumExp(), new ReduceMax(), new ReduceMean(), new ReduceMin(), new ReduceProd(),
        new ReduceSum(), new ReduceSumSquare(), new Spread(), new SumOverSamples(), new SumTo(),
        new LogSoftmax(), new LogSoftmaxGradient(), new Softmax(), new SoftmaxGradient(),
        new BinaryCrossEntropyWithLogits(), new BinaryCrossEntropyWithLogitsGradient(), new ClassLossGradient(), new NegativeLogLikelihoodLoss(),
        new SoftmaxCrossEntropyLoss(),
        new Dropout(), new LayerNormalization(), new LayerNormalizationGradient(), new RandomDropout(),
    };
}
