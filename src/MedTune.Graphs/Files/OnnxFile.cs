namespace MedTune.Graphs.Files;

/// <summary>Reads and writes ONNX files.</summary>
/// <remarks>
/// Read: IR versions 3 to 11, operator sets 1 to 23 and <c>ai.onnx.ml</c> 1 to 4, each node brought to its form of operator set 18.
/// Written: IR version 8, operator set 18 (younger operators as the computation they stand for), <c>ai.onnx.ml</c> 3
/// (4 where a LabelEncoder has a NaN key); equal graphs give equal bytes. Every file is taken as hostile until it has
/// been checked: whatever is wrong with it ends in an <see cref="InvalidGraphException"/>. Definition of the format: https://onnx.ai/onnx/repo-docs/IR.html.
/// </remarks>
public static class OnnxFile
{
    /// <summary>Reads a model from disk, with tensor data beside it if the model names such files inside its folder.</summary>
    /// <param name="path">The model file.</param>
    /// <returns>The checked graph. Initializers that are listed as inputs too are initializers only.</returns>
    /// <exception cref="InvalidGraphException">The file is missing, damaged, of another kind, or uses what is not supported; the message says which.</exception>
    public static Graph Read(string path)
    {
        byte[] file = WholeFile.Read(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.DirectorySeparatorChar.ToString();
        return Read(file, new ExternalData(folder));
    }

    /// <summary>Reads a model held in memory; tensor data in other files is refused.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <returns>The checked graph.</returns>
    /// <exception cref="InvalidGraphException">The bytes are damaged, of another kind, or use what is not supported; the message says which.</exception>
    public static Graph Read(ReadOnlySpan<byte> file) => Read(file.ToArray(), null);

    /// <summary>Reads a model from here to the end of a stream; tensor data in other files is refused.</summary>
    /// <param name="stream">The file's bytes. The stream stays open.</param>
    /// <returns>The checked graph.</returns>
    /// <exception cref="InvalidGraphException">The bytes are damaged, of another kind, or use what is not supported; the message says which.</exception>
    public static Graph Read(Stream stream) => Read(WholeFile.Read(stream), null);

    /// <summary>Writes a model to disk: under a temporary name first, then renamed, so that the name never stands for half a file.</summary>
    /// <param name="graph">The model. Nodes of the domain <c>medtune</c> (gradients) cannot be written.</param>
    /// <param name="path">Where the file shall be; a file of that name is replaced.</param>
    /// <exception cref="InvalidGraphException">The graph has nodes that no file can hold, or is larger than 2 GB.</exception>
    public static void Write(Graph graph, string path)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = Message(graph);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>The bytes of the file. Equal graphs give equal bytes.</summary>
    /// <param name="graph">The model. Nodes of the domain <c>medtune</c> (gradients) cannot be written.</param>
    /// <returns>The whole file.</returns>
    /// <exception cref="InvalidGraphException">The graph has nodes that no file can hold, or is larger than 2 GB.</exception>
    public static byte[] ToBytes(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var model = Message(graph);
        using var stream = new MemoryStream((int)model.Size);
        model.WriteTo(stream);
        return stream.ToArray();
    }

    private static WireMessage Message(Graph graph)
    {
        var model = OnnxModelWriter.Model(NewerOperators.Expand(graph));
        return model.Size <= Array.MaxLength
            ? model
            : throw new InvalidGraphException("The model is larger than 2 GB, which one ONNX file cannot hold.");
    }

    private static Graph Read(byte[] file, ExternalData? external)
    {
        try
        {
            return OnnxGraphAssembly.Assemble(OnnxModelReader.Read(file, external));
        }
        catch (OutOfMemoryException error)
        {
            throw new InvalidGraphException("The model needs more memory than this machine has free.", error);
        }
    }
}
