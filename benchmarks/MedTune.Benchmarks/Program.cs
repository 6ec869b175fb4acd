using MedTune.Benchmarks;

// dotnet run -c Release --project benchmarks/MedTune.Benchmarks -- NAME
switch (args is [string name, ..] ? name : "")
{
    case "matrix-product":
        MatrixProductBenchmark.Run(args.AsSpan(1));
        return 0;
    case "convolution":
        ConvolutionBenchmark.Run(args.AsSpan(1));
        return 0;
    case "network":
        NetworkBenchmark.Run(args.AsSpan(1));
        return 0;
    case "small-products":
        SmallProductsBenchmark.Run();
        return 0;
    case "element-wise":
        ElementWiseBenchmark.Run();
        return 0;
    case "genes":
        return GeneFilesBenchmark.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("Name a benchmark: matrix-product, convolution, network, small-products, element-wise or genes.");
        return 2;
}
