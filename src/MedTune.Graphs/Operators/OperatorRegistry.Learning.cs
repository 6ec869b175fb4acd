namespace MedTune.Graphs.Operators;

/// <content>Models of classical machine learning: the operators of <c>ai.onnx.ml</c>.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Learning => new Operator[]
    {
        new ArrayFeatureExtractor(), new Binarizer(), new CategoryMapper(), new FeatureVectorizer(), new Imputer(), new LinearClassifier(), new LinearRegressor(),
        new Normalizer(), new OneHotEncoder(), new Scaler(), new SvmClassifier(), new SvmRegressor(),
        new TreeEnsembleClassifier(), new TreeEnsembleOperator(), new ZipMap(),
    };
}
